/** Read replicas follow their primary; AWS carries the replication inside its own network. */
import { all, type Estate, find } from '../../estate/estate.ts';
import { provenance } from '../../estate/source.ts';
import { type Draft, draft, evidence, port, toResource } from './make.ts';
import { portsOfResource } from './ports.ts';

export function fromReplication(estate: Estate): readonly Draft[] {
  return all(estate, 'database').flatMap((replica) => {
    const primary = find(estate, replica.replicaOf);
    if (!primary || !replica.replicaOf) return [];
    const why = evidence(
      'configuration',
      `${replica.name} is a read replica of ${primary.name}; AWS manages this connection`,
      provenance(replica, replica.replicaOf),
    );
    const [number] = portsOfResource(estate, primary);
    return [draft(toResource(replica), toResource(primary), 'tcp', port(number), 'replication', why)];
  });
}
