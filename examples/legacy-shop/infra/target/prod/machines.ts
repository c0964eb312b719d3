/** What the journey makes: prod: machines, and groups of them. */
import { BastionHost } from 'underpin/blueprint';
import { steps } from '../../steps.js';
import { legacyProdBastionGroup } from './groups.js';
import { legacyProdNetwork } from './network.js';

steps.since(
  'legacy-prod-way-in',
  (now) =>
    new BastionHost('legacy-prod-bastion', {
      subnetId: now(legacyProdNetwork).subnet('public-a').id,
      groupId: now(legacyProdBastionGroup).groupId,
      enteredBy: 'ssh',
    }),
);
