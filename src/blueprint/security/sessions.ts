import type { Statement } from './grant.ts';

/** What Session Manager's agent asks for, on a machine and in a task that people may enter; these actions know no narrower resource. */
export const SESSIONS: Statement = {
  Action: [
    'ssmmessages:CreateControlChannel',
    'ssmmessages:CreateDataChannel',
    'ssmmessages:OpenControlChannel',
    'ssmmessages:OpenDataChannel',
  ],
  Resource: '*',
};
