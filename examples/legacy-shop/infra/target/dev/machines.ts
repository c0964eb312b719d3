/** What the journey makes: dev: machines, and groups of them. */
import { BastionHost } from 'underpin/blueprint';
import { steps } from '../../steps.js';
import { legacyDevBastionGroup } from './groups.js';
import { legacyDevNetwork } from './network.js';

steps.during(
  'legacy-dev-way-in',
  'legacy-dev-retired-rest',
  (now) =>
    new BastionHost('legacy-dev-bastion', {
      subnetId: now(legacyDevNetwork).subnet('public-a').id,
      groupId: now(legacyDevBastionGroup).groupId,
      enteredBy: 'ssh',
      running: steps.from('legacy-dev-way-in').at({ 'legacy-dev-way-in': true, 'legacy-dev-retired-programs': false }),
    }),
);
