import { defineSteps } from 'underpin/timeline';

/**
 * The journey, step by step. `pulumi config set step NAME` goes forward or back; `pulumi up` then does what the step is.
 * Each was proven on its own and in this order. README.md tells how to go one, JOURNEY.md and its chapters all about each.
 * Where nothing is said of clients, they notice nothing that we know of.
 */
export const steps = defineSteps([
  // ---- 1 Take what is there under the care of a program ----

  // Adopt 166 resources.
  // Then: Pulumi finds no difference between the program and the account.
  'adopt',

  // A tag on 12 networks, servers, databases and load balancers: a program keeps them.
  // Then: No policy allows or denies by the tag ManagedBy, and no bill is split by it.
  'adopt-signed',

  // ---- 2 Records and alarms before anything changes ----

  // Copies of legacy-dev-mysql, legacy-prod-mysql, legacy-dev-sessions, legacy-prod-sessions.
  // Then: Each copy is available, and somebody has restored one of them once.
  'account-evidence-copies',

  // A bucket for the record of what is done in the account.
  'account-evidence-trail-bucket',

  // A record of who does what in the account, in every region.
  // Then: The trail is logging, and its first files have come.
  'account-evidence-trail',

  // A record of who connects to whom in legacy-prod-vpc, legacy-dev-vpc.
  // Then: Each network has an active flow log.
  'account-evidence-flow-logs',

  // Buckets for access logs.
  'account-evidence-access-log-buckets',

  // A record of every request to legacy-dev-alb, legacy-prod-alb.
  // Then: The bucket has a file ELBAccessLogTestFile, and logs within the hour.
  'account-evidence-access-logs',

  // Alarms for 7 databases and load balancers, sent to ops@example.com.
  // Then: Whoever reads ops@example.com has confirmed the letter from AWS.
  // Then: No alarm rings before the journey begins.
  'account-evidence-alarms',

  // ---- 3 development: A security group for each resource, beside the shared one ----

  // Make 5 security groups with a rule for each flow.
  // Then: the groups of legacy-dev-mysql, legacy-dev-mysql-replica-1, legacy-dev-redis, legacy-dev-alb, legacy-dev-ecs-m4 exist with their rules
  'legacy-dev-groups-made',

  // Attach them beside the shared group: legacy-dev-mysql, legacy-dev-mysql-replica-1, legacy-dev-redis, legacy-dev-alb, legacy-dev-ecs-m4.
  // Then: each carries its own group and the shared one
  // Then: For a week no accepted connection in the flow logs is one that the new rules would not admit.
  'legacy-dev-groups-beside',

  // ---- 4 development: Private subnets, with a way out and public subnets of their own for the doors ----

  // New subnets in legacy-dev-vpc, with route tables of their own.
  // Then: Every new subnet is tied to a table of its own by name; the main table is not used.
  'legacy-dev-private-network-subnets',

  // A way out for the private subnets of legacy-dev-vpc.
  // Then: Every new NAT gateway is available.
  // Then: Whoever keeps a list of the addresses that you call from (payment provider, partner, office firewall) has the new ones on it.
  'legacy-dev-private-network-way-out',

  // ---- 5 development: Settings that make mistakes undoable ----

  // Protection from deletion and earlier versions: 4 settings.
  // Clients: Nothing. Earlier versions and recovery cost a little for each GB.
  // Then: Each setting is on.
  'legacy-dev-safeguards-on',

  // A place for messages that cannot be processed.
  // Clients: Nothing. A message that failed 5 times is no longer tried again by itself.
  // Then: No consumer counts on more than 5 tries, and the visibility timeout is longer than the longest job.
  'legacy-dev-safeguards-failed-messages',

  // Logs are kept for 400 days.
  // Then: Nobody has to keep logs longer than 400 days, by law or by contract.
  'legacy-dev-safeguards-logs',

  // ---- 6 development: A way in for people that is not the internet ----

  // legacy-dev-bastion: a small machine for people, entered by SSH from named addresses.
  // Then: legacy-dev-bastion runs, and metadata asks for a token (IMDSv2)
  'legacy-dev-way-in',

  // Everybody has come in by the new way.
  // Then: Every person and every tool that connects from outside (laptops, BI, CI, vendors) has connected by the new way.
  // Then: legacy-dev-mysql answers at localhost:13306 while this runs.
  // Then: legacy-dev-mysql-replica-1 answers at localhost:13307 while this runs.
  // Then: legacy-dev-redis answers at localhost:16379 while this runs.
  // Then: Nobody comes by the old doors any more (22, 3306, 6379): no accepted connection from a public address for a week.
  'legacy-dev-way-in-used',

  // ---- 7 development: Caches get a replica that takes over ----

  // legacy-dev-redis becomes the primary of a group, with a replica in ap-northeast-2c.
  // Clients: Nothing: the node serves all the time; it copies its memory once, so leave a quarter of it free.
  // Then: The group is available with two nodes, in ap-northeast-2a and ap-northeast-2c; its address is the one that the program names.
  // Then: Pulumi finds no difference after the import.
  'legacy-dev-cache-group-legacy-dev-redis',

  // legacy-dev-redis fails over by itself.
  // Then: AutomaticFailover and MultiAZ are enabled.
  'legacy-dev-cache-failover-legacy-dev-redis',

  // legacy-dev-web uses the address that follows the primary of legacy-dev-redis.
  // Then: The application reads and writes the cache as before.
  'legacy-dev-cache-address-legacy-dev-redis-taskdefinition-legacy-dev-web',

  // legacy-dev-redis moves from cache.t2.small to cache.t3.small.
  // Clients: New nodes are filled beside the old ones; when they take over, writes fail for some seconds and connections are opened again. (1 to 30 seconds)
  // Then: Before: AWS offers cache.t3.small to this group.
  // Then: Before: the data fits, with a quarter of the memory left.
  'legacy-dev-cache-newer-legacy-dev-redis',

  // ---- 8 development: Databases get a standby in another zone ----

  // Copy legacy-dev-mysql.
  // Clients: A database in one zone holds writes for some seconds while the copy begins, mostly less than one. (0 to 30 seconds)
  // Then: The copy of legacy-dev-mysql is available, and younger than an hour when the next step begins.
  'legacy-dev-two-zones-legacy-dev-mysql-copied',

  // A standby for legacy-dev-mysql in another zone.
  // Clients: No interruption, but writes are slower for minutes to hours while the standby is filled. Choose a quiet night; for a busy database rehearse it on a copy.
  // Then: The status is available, MultiAZ is true, a second zone is told, and nothing is pending.
  // Then: The write latency is back to what it was, or to what you accept for two copies.
  'legacy-dev-two-zones-legacy-dev-mysql',

  // legacy-dev-mysql moves from db.t2.medium to db.t3.medium.
  // Clients: One failover: connections end, and new ones succeed after a minute or two. Do it in the quietest hour. (1 to 2 minutes)
  // Then: Before: AWS offers db.t3.medium for this version of the engine, in two zones.
  // Then: After: available, on the new class, nothing pending.
  // Then: In a rehearsal the application has opened its connections again by itself.
  'legacy-dev-newer-class-legacy-dev-mysql',

  // ---- 9 development: Functions that use a database move into private subnets ----

  // Make ready what legacy-dev-worker needs in the VPC.
  // Then: The role legacy-dev-lambda may make network interfaces; a new permission takes some seconds to be seen everywhere.
  'legacy-dev-functions-inside-prepared',

  // legacy-dev-worker moves into private subnets.
  // Clients: Calls are answered all the time; the first ones of the new settings start cold. Others see it come from the address of the NAT gateway. (0 to 10 seconds)
  // Then: The change is done: LastUpdateStatus is Successful.
  // Then: No more errors and no longer runs than before, over an hour of usual load.
  // Then: Whoever keeps a list of addresses that legacy-dev-worker calls from has the address of the NAT gateway on it.
  'legacy-dev-functions-inside-legacy-dev-worker',

  // ---- 10 development: Functions on a runtime that AWS patches ----

  // legacy-dev-worker from nodejs18.x to nodejs24.x.
  // Clients: Cold starts of a few seconds. If the code does not work with the new runtime, calls fail until the old one is back. (0 to 1 minute)
  // Then: The code of legacy-dev-worker and its packages were run with nodejs24.x, in a copy of the function or with its container image on a laptop, and its tests pass. Before the step: aws lambda publish-version --function-name legacy-dev-worker
  // Then: No errors in the hour after it.
  'legacy-dev-legacy-dev-worker-nodejs24-x',

  // ---- 11 development: Read replicas stand in several zones ----

  // New read replicas of legacy-dev-mysql in other zones: legacy-dev-mysql-reader-a.
  // Clients: legacy-dev-mysql may hold writes for some seconds while AWS copies it, if it stands in one zone only. (0 to 30 seconds)
  // Then: legacy-dev-mysql-reader-a is available and its ReplicaLag is 0 for a quarter of an hour.
  'legacy-dev-replicas-legacy-dev-mysql-made',

  // legacy-dev-web reads from the new replicas.
  // Then: The new replicas have connections, and the errors are as few as before.
  'legacy-dev-replicas-legacy-dev-mysql-readers-taskdefinition-legacy-dev-web',

  // Nobody reads from legacy-dev-mysql-replica-1 any more.
  // Then: DatabaseConnections of legacy-dev-mysql-replica-1 stays 0 over three days with a working day among them, but for AWS's own.
  'legacy-dev-replicas-legacy-dev-mysql-watched',

  // Delete legacy-dev-mysql-replica-1.
  // Clients: Nothing: nobody is connected.
  // Then: legacy-dev-mysql-replica-1 are gone, and the new replicas are available
  'legacy-dev-replicas-legacy-dev-mysql-dropped',

  // ---- 12 development: A role for each service, and no credentials in clear text ----

  // Make a role for each of service web, service worker, function legacy-dev-worker.
  // Then: The team has read each Confirm statement and knows which of them its program needs.
  'legacy-dev-roles-made',

  // Put the values into 3 new secrets.
  // Then: Each secret has a current version.
  // Then: The code of function legacy-dev-worker is deployed in a version that takes DB_PASSWORD from the secret that CREDENTIALS_SECRET names where that variable is set, and from the environment where it is not.
  'legacy-dev-secrets-filled',

  // service web takes up its own role.
  // Clients: Tasks are exchanged one after another. Requests that run longer than the deregistration delay end, and open sockets connect again; where a machine has no room for a second task, the service has one task less for that while. (0 to 30 seconds)
  // Then: The deployment is COMPLETED and every task healthy; the log shows no AccessDenied.
  'legacy-dev-web-task-taken-up',

  // service worker takes up its own role.
  // Clients: Tasks are exchanged one after another. Requests that run longer than the deregistration delay end, and open sockets connect again; where a machine has no room for a second task, the service has one task less for that while. (0 to 5 seconds)
  // Then: The deployment is COMPLETED and every task healthy; the log shows no AccessDenied.
  'legacy-dev-worker-task-taken-up',

  // function legacy-dev-worker takes up its own role.
  // Clients: A few calls that wait for a cold start. (0 to 5 seconds)
  // Then: The function answers without errors for 15 minutes.
  'legacy-dev-worker-function-taken-up',

  // Watch for calls that the new roles refuse.
  // Then: No call of the new roles was refused for 14 days, a month's end among them if something runs then.
  'legacy-dev-roles-watched',

  // Take away the task definitions that hold credentials: legacy-dev-web:1, legacy-dev-worker:1.
  // Then: Passwords that stood there in clear text are changed at their source, and the new ones are in the secrets.
  // Then: No schedule of EventBridge Scheduler starts what this step takes away.
  // Then: No state machine of Step Functions starts what this step takes away.
  'legacy-dev-old-definitions-gone',

  // Delete the roles that nothing works as any more: legacy-dev-task, legacy-dev-lambda.
  // Then: no workload names the old roles
  // Then: No schedule of EventBridge Scheduler starts what this step takes away.
  // Then: No state machine of Step Functions starts what this step takes away.
  'legacy-dev-old-roles-gone',

  // Name who delivers to legacy-dev-jobs.
  // Then: the policies of legacy-dev-jobs name each topic and bucket that delivers
  'legacy-dev-deliverers-named',

  // Watch who uses legacy-dev-jobs from outside.
  // Then: For 14 days every call came from this account or from what the policies name.
  // Then: Nobody outside (partner, older account, EventBridge rule) is meant to send here, or it has a statement of its own.
  'legacy-dev-open-policies-watched',

  // Close legacy-dev-jobs to everybody who is not named.
  // Clients: Nothing inside of the account. Whoever came from outside by the open policy is refused.
  // Then: the policies of legacy-dev-jobs let in nobody without a name
  'legacy-dev-open-policies-closed',

  // ---- 13 development: ECS services on Fargate, and no machines of one’s own ----

  // Prepare Fargate for legacy-dev-web-fargate, legacy-dev-worker-fargate.
  // Then: The quota of Fargate holds all tasks at their most, twice during a deployment.
  // Then: web of web is privileged today, and nothing on Fargate is: it was run without (docker run without --privileged) and does all its work.
  'legacy-dev-fargate-prepared',

  // Tie the new target groups to the load balancer with weight 0.
  // Then: each listener and rule has the old group with 100 and the new one with 0
  'legacy-dev-fargate-attached',

  // Start legacy-dev-web-fargate, legacy-dev-worker-fargate on Fargate beside the old services.
  // Then: Every deployment is COMPLETED, every target healthy, and the logs show that database, cache, queue and buckets are reached.
  // Then: Nothing in these programs must run once only (a timer, a migration at the start): two of them run now.
  'legacy-dev-fargate-beside',

  // 10 % of legacy-dev-alb HTTP:80 to legacy-dev-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-dev-web-fargate-10-percent-legacy-dev-alb-http-80',

  // 10 % of legacy-dev-alb HTTPS:443 to legacy-dev-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-dev-web-fargate-10-percent-legacy-dev-alb-https-443',

  // 10 % of legacy-dev-alb HTTP:80 rule 10 to legacy-dev-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-dev-web-fargate-10-percent-legacy-dev-alb-http-80-rule-10',

  // 50 % of legacy-dev-alb HTTP:80 to legacy-dev-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-dev-web-fargate-50-percent-legacy-dev-alb-http-80',

  // 50 % of legacy-dev-alb HTTPS:443 to legacy-dev-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-dev-web-fargate-50-percent-legacy-dev-alb-https-443',

  // 50 % of legacy-dev-alb HTTP:80 rule 10 to legacy-dev-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-dev-web-fargate-50-percent-legacy-dev-alb-http-80-rule-10',

  // 100 % of legacy-dev-alb HTTP:80 to legacy-dev-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-dev-web-fargate-100-percent-legacy-dev-alb-http-80',

  // 100 % of legacy-dev-alb HTTPS:443 to legacy-dev-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-dev-web-fargate-100-percent-legacy-dev-alb-https-443',

  // 100 % of legacy-dev-alb HTTP:80 rule 10 to legacy-dev-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-dev-web-fargate-100-percent-legacy-dev-alb-http-80-rule-10',

  // Watch legacy-dev-web-fargate, legacy-dev-worker-fargate with the old services still there.
  // Then: Errors and response times are as before for a day, memory stays below 80 % and queues do not grow.
  'legacy-dev-fargate-watched',

  // Stop the old services: web, worker.
  // Clients: Open WebSockets and long polls of the old tasks end once and connect again. (0 to 5 seconds)
  // Then: The old target groups have had no request for a day before this; afterwards errors stay as they are, and queues are worked off.
  'legacy-dev-old-services-stopped',

  // Delete the old services with their target groups: web, worker.
  // Then: the old services and target groups are not there any more
  // Then: No schedule of EventBridge Scheduler starts what this step takes away.
  // Then: No state machine of Step Functions starts what this step takes away.
  'legacy-dev-old-services-gone',

  // Empty the 2 machines of legacy-dev.
  // Then: No task runs on any of them.
  // Then: Nothing else lives on these machines: no cron job, no uploaded files, no agent that somebody relies on. Whoever signs in there has another place to work.
  'legacy-dev-machines-emptied',

  // End the machines of legacy-dev.
  // Then: no instance of legacy-dev runs
  // Then: No schedule of EventBridge Scheduler starts what this step takes away.
  // Then: No state machine of Step Functions starts what this step takes away.
  'legacy-dev-machines-gone',

  // Delete what started the machines of legacy-dev, and what they worked as.
  // Then: legacy-dev has the provider FARGATE and no other
  'legacy-dev-machines-forgotten',

  // ---- 14 development: The load balancer stands behind CloudFront, and takes nobody else ----

  // A CloudFront distribution before legacy-dev-alb.
  // Then: Through the distribution everything is as it is directly: sign in, cookies, an upload, redirects, a WebSocket, the longest request (60 seconds until the first byte), and whatever looks at the address of the client.
  'legacy-dev-cdn-made',

  // dev.legacy-shop.example (A) leads to the distribution.
  // Clients: Open connections stay at the balancer until they end. By http:// one is sent to https://. A client so old that it sends no server name (SNI) gets no answer any more.
  // Then: The name answers through CloudFront, and 5xx, the slowest requests and sign-ins stay as they were for an hour.
  'legacy-dev-cdn-name-dev-legacy-shop-example-a',

  // Rule 10 on port 80 of legacy-dev-alb sends to HTTPS.
  // Clients: One redirect more for http:// links. A program that sends a POST by http:// and does not follow it with the body has to be changed.
  // Then: Rule 10 on port 80 of legacy-dev-alb redirects to HTTPS
  // Then: Programs that send forms by http:// straight to the balancer are set to https://.
  'legacy-dev-cdn-https-legacy-dev-alb-http-80-rule-10',

  // Port 80 of legacy-dev-alb sends to HTTPS.
  // Clients: One redirect more for http:// links. A program that sends a POST by http:// and does not follow it with the body has to be changed.
  // Then: Port 80 of legacy-dev-alb redirects to HTTPS
  // Then: Programs that send forms by http:// straight to the balancer are set to https://.
  'legacy-dev-cdn-https-legacy-dev-alb-http-80',

  // 48 hours in which only CloudFront asks legacy-dev-alb.
  // Then: For 48 hours no request came from an address that is not CloudFront's; the list that is printed is empty.
  'legacy-dev-cdn-watch',

  // legacy-dev-alb answers 403 to whatever no rule takes.
  // Clients: Whoever still asks legacy-dev-alb-1402957716.ap-northeast-2.elb.amazonaws.com itself is refused.
  // Then: Through CloudFront it answers as before, and directly with 403.
  'legacy-dev-cdn-default-closed',

  // The own group of legacy-dev-alb admits CloudFront only.
  // Clients: Whoever still asks legacy-dev-alb-1402957716.ap-northeast-2.elb.amazonaws.com itself is refused.
  // Then: Requests go on arriving through CloudFront.
  'legacy-dev-cdn-closed',

  // ---- 15 development: The load balancer stands in public subnets of its own ----

  // legacy-dev-alb in ap-northeast-2a: legacy-dev-network-public-a takes the place of legacy-dev-public-a.
  // Clients: Not tried, only put together from the pages of AWS: open connections by way of ap-northeast-2a may end and be opened again, and for as long as a resolver keeps the old address (a minute) a new one may have to be tried twice. (0 to 1 minute)
  // Then: It is active in every zone, its own name answers with addresses in all of them, and 5xx stay flat for half an hour.
  // Then: Nobody keeps the addresses of the balancer in a list of his: they change.
  'legacy-dev-rehomed-legacy-dev-alb-1',

  // legacy-dev-alb in ap-northeast-2c: legacy-dev-network-public-c takes the place of legacy-dev-public-c.
  // Clients: Not tried, only put together from the pages of AWS: open connections by way of ap-northeast-2c may end and be opened again, and for as long as a resolver keeps the old address (a minute) a new one may have to be tried twice. (0 to 1 minute)
  // Then: It is active in every zone, its own name answers with addresses in all of them, and 5xx stay flat for half an hour.
  // Then: Nobody keeps the addresses of the balancer in a list of his: they change.
  'legacy-dev-rehomed-legacy-dev-alb-2',

  // ---- 16 development: Databases lose their public address ----

  // Close legacy-dev-mysql to the internet.
  // Clients: Nothing inside the VPC. Whoever comes by the public address is cut off and has to use the way in.
  // Then: publiclyAccessible of legacy-dev-mysql is false
  // Then: Everybody who works with the database has come in by the new way.
  'legacy-dev-database-closed',

  // ---- 17 development: Databases leave the public subnets ----

  // legacy-dev-public-a becomes a private subnet.
  // Clients: Nothing for connections inside the VPC. What still goes out from this subnet changes its address, and its open connections outside end.
  // Then: Before: no interface in the subnet has a public address any more.
  // Then: After: the subnet uses the private table, and connections to the databases are as many as before.
  // Then: Whoever keeps a list of the addresses that you call from has the addresses of the NAT gateways on it.
  'legacy-dev-database-private-legacy-dev-public-a',

  // legacy-dev-public-c becomes a private subnet.
  // Clients: Nothing for connections inside the VPC. What still goes out from this subnet changes its address, and its open connections outside end.
  // Then: Before: no interface in the subnet has a public address any more.
  // Then: After: the subnet uses the private table, and connections to the databases are as many as before.
  // Then: Whoever keeps a list of the addresses that you call from has the addresses of the NAT gateways on it.
  'legacy-dev-database-private-legacy-dev-public-c',

  // Nothing that starts in legacy-dev-public-a, legacy-dev-public-c gets a public address.
  // Clients: Nothing: what runs keeps what it has.
  // Then: mapPublicIpOnLaunch of legacy-dev-public-a, legacy-dev-public-c is false
  'legacy-dev-database-private-no-public-addresses',

  // ---- 18 development: Files come by CloudFront, and their bucket is closed ----

  // Write down who reads legacy-dev-media, legacy-dev-static-assets.
  // Then: Logs arrive (the first within some hours).
  'legacy-dev-media-logs',

  // A CloudFront distribution before each of legacy-dev-media, legacy-dev-static-assets.
  // Then: Every distribution is deployed.
  // Then: A dozen files of each kind are the same by both addresses: same ETag, Content-Type and CORS headers (curl -sI -H 'Origin: https://…'); pages of folders and the page for errors too. A 403 by CloudFront alone is an object that another account owns.
  'legacy-dev-media-cdn',

  // legacy-dev-web-fargate links to the distribution: MEDIA_BASE_URL, STATIC_BASE_URL.
  // Then: New pages show their pictures from the new address.
  'legacy-dev-media-links-legacy-dev-web-fargate',

  // Stored links name the new address.
  // Then: The code, the templates and the database hold no S3 host any more.
  'legacy-dev-media-links',

  // 14 days without a direct read of legacy-dev-media, legacy-dev-static-assets.
  // Then: No anonymous request (Requester is -) to legacy-dev-media got an answer (200, 206, 304) within 14 days. Where old links must go on working, leave this bucket as it is and put new files elsewhere.
  // Then: No anonymous request (Requester is -) to legacy-dev-static-assets got an answer (200, 206, 304) within 14 days. Where old links must go on working, leave this bucket as it is and put new files elsewhere.
  'legacy-dev-media-watch',

  // Only CloudFront reads legacy-dev-media, legacy-dev-static-assets.
  // Clients: Whoever still has a direct link gets 403. Signed links of your own programs go on working.
  // Then: The 403s in the logs are noise only.
  'legacy-dev-media-closed',

  // Nobody can open legacy-dev-media, legacy-dev-static-assets again.
  // Clients: An upload that sets a public ACL is refused.
  // Then: Uploads go on working: none of them asks for a public ACL (403 otherwise).
  'legacy-dev-media-blocked',

  // Whatever is still public in legacy-dev-media, legacy-dev-static-assets counts as private.
  // Clients: Direct links to such objects get 403.
  // Then: The 403s in the logs are noise only.
  'legacy-dev-media-private',

  // ---- 19 development: The shared security group goes ----

  // Take the shared group off legacy-dev-alb.
  // Clients: Connections that were open before may have to be opened again; a pool does so by itself within seconds. (0 to 5 seconds)
  // Then: legacy-dev-alb carry their own group only
  // Then: For half an hour no refused connection to them is one of ours.
  'legacy-dev-shared-group-off-loadbalancer',

  // Take the shared group off legacy-dev-redis.
  // Clients: Connections that were open before may have to be opened again; a pool does so by itself within seconds. (0 to 5 seconds)
  // Then: legacy-dev-redis carry their own group only
  // Then: For half an hour no refused connection to them is one of ours.
  'legacy-dev-shared-group-off-cache',

  // Take the shared group off legacy-dev-mysql, legacy-dev-mysql-reader-a.
  // Clients: Connections that were open before may have to be opened again; a pool does so by itself within seconds. (0 to 5 seconds)
  // Then: legacy-dev-mysql, legacy-dev-mysql-reader-a carry their own group only
  // Then: For half an hour no refused connection to them is one of ours.
  'legacy-dev-shared-group-off-database',

  // Remove the rules that still admit the shared group.
  // Clients: Nothing: nobody comes by these rules.
  // Then: no rule names the shared group
  'legacy-dev-shared-group-unnamed',

  // Delete legacy-dev-all-open.
  // Clients: Nothing.
  // Then: Before: no interface carries it.
  'legacy-dev-shared-group-deleted',

  // ---- 20 development: Databases are encrypted, on a version that AWS supports ----

  // A key for the databases.
  // Then: The key is enabled.
  'legacy-dev-renewed-key',

  // Copy legacy-dev-mysql.
  // Then: The copy of legacy-dev-mysql is available, and younger than an hour when the next step begins.
  'legacy-dev-renewed-legacy-dev-mysql-copied',

  // A copy of legacy-dev-mysql beside it: mysql 8.4, encrypted.
  // Clients: Nothing; the database writes the log that the copy follows, which costs a little.
  // Then: Before: AWS offers the way to 8.4.
  // Then: Every instance of the copy is encrypted. Where AWS refuses to, stop here: the other way is an encrypted copy of a snapshot, restored while nothing writes.
  // Then: The deployment is AVAILABLE, and the copy lags by less than a second.
  // Then: The application has run its tests and its slowest queries against the copy, read only; its drivers know the new version.
  'legacy-dev-renewed-legacy-dev-mysql-1-beside',

  // legacy-dev-mysql is mysql 8.4, encrypted.
  // Clients: All connections end and nothing writes for typically under a minute; after 300 seconds AWS takes it back. Clients that keep names for longer than 5 seconds notice longer. Do it in the quietest hour. (5 seconds to 1 minute)
  // Then: SWITCHOVER_COMPLETED.
  // Then: Pulumi finds no difference after the import.
  // Then: The application writes and reads, and nothing names the old resource id of the database (IAM authentication, dashboards).
  'legacy-dev-renewed-legacy-dev-mysql-1-switched',

  // The old legacy-dev-mysql goes.
  // Then: The new one has served for a week, with its month end or its busiest day in it if that is near.
  'legacy-dev-renewed-legacy-dev-mysql-1-old-gone',

  // ---- 21 production: A security group for each resource, beside the shared one ----

  // Make 6 security groups with a rule for each flow.
  // Then: the groups of legacy-prod-mysql, legacy-prod-mysql-replica-1, legacy-prod-mysql-replica-2, legacy-prod-redis, legacy-prod-alb, legacy-prod-ecs-m4 exist with their rules
  'legacy-prod-groups-made',

  // Attach them beside the shared group: legacy-prod-mysql, legacy-prod-mysql-replica-1, legacy-prod-mysql-replica-2, legacy-prod-redis, legacy-prod-alb, legacy-prod-ecs-m4.
  // Then: each carries its own group and the shared one
  // Then: For a week no accepted connection in the flow logs is one that the new rules would not admit.
  'legacy-prod-groups-beside',

  // ---- 22 production: Private subnets, with a way out and public subnets of their own for the doors ----

  // New subnets in legacy-prod-vpc, with route tables of their own.
  // Then: Every new subnet is tied to a table of its own by name; the main table is not used.
  'legacy-prod-private-network-subnets',

  // A way out for the private subnets of legacy-prod-vpc.
  // Then: Every new NAT gateway is available.
  // Then: Whoever keeps a list of the addresses that you call from (payment provider, partner, office firewall) has the new ones on it.
  'legacy-prod-private-network-way-out',

  // ---- 23 production: Settings that make mistakes undoable ----

  // Protection from deletion and earlier versions: 4 settings.
  // Clients: Nothing. Earlier versions and recovery cost a little for each GB.
  // Then: Each setting is on.
  'legacy-prod-safeguards-on',

  // A place for messages that cannot be processed.
  // Clients: Nothing. A message that failed 5 times is no longer tried again by itself.
  // Then: No consumer counts on more than 5 tries, and the visibility timeout is longer than the longest job.
  'legacy-prod-safeguards-failed-messages',

  // Logs are kept for 400 days.
  // Then: Nobody has to keep logs longer than 400 days, by law or by contract.
  'legacy-prod-safeguards-logs',

  // ---- 24 production: A way in for people that is not the internet ----

  // legacy-prod-bastion: a small machine for people, entered by SSH from named addresses.
  // Then: legacy-prod-bastion runs, and metadata asks for a token (IMDSv2)
  'legacy-prod-way-in',

  // Everybody has come in by the new way.
  // Then: Every person and every tool that connects from outside (laptops, BI, CI, vendors) has connected by the new way.
  // Then: legacy-prod-mysql answers at localhost:13306 while this runs.
  // Then: legacy-prod-mysql-replica-1 answers at localhost:13307 while this runs.
  // Then: legacy-prod-mysql-replica-2 answers at localhost:13308 while this runs.
  // Then: legacy-prod-redis answers at localhost:16379 while this runs.
  // Then: Nobody comes by the old doors any more (22, 3306, 6379): no accepted connection from a public address for a week.
  'legacy-prod-way-in-used',

  // ---- 25 production: Caches get a replica that takes over ----

  // legacy-prod-redis becomes the primary of a group, with a replica in ap-northeast-2c.
  // Clients: Nothing: the node serves all the time; it copies its memory once, so leave a quarter of it free.
  // Then: The group is available with two nodes, in ap-northeast-2a and ap-northeast-2c; its address is the one that the program names.
  // Then: Pulumi finds no difference after the import.
  'legacy-prod-cache-group-legacy-prod-redis',

  // legacy-prod-redis fails over by itself.
  // Then: AutomaticFailover and MultiAZ are enabled.
  'legacy-prod-cache-failover-legacy-prod-redis',

  // legacy-prod-web uses the address that follows the primary of legacy-prod-redis.
  // Then: The application reads and writes the cache as before.
  'legacy-prod-cache-address-legacy-prod-redis-taskdefinition-legacy-prod-web',

  // legacy-prod-redis moves from cache.t2.small to cache.t3.small.
  // Clients: New nodes are filled beside the old ones; when they take over, writes fail for some seconds and connections are opened again. (1 to 30 seconds)
  // Then: Before: AWS offers cache.t3.small to this group.
  // Then: Before: the data fits, with a quarter of the memory left.
  'legacy-prod-cache-newer-legacy-prod-redis',

  // ---- 26 production: Databases get a standby in another zone ----

  // Copy legacy-prod-mysql.
  // Clients: A database in one zone holds writes for some seconds while the copy begins, mostly less than one. (0 to 30 seconds)
  // Then: The copy of legacy-prod-mysql is available, and younger than an hour when the next step begins.
  'legacy-prod-two-zones-legacy-prod-mysql-copied',

  // A standby for legacy-prod-mysql in another zone.
  // Clients: No interruption, but writes are slower for minutes to hours while the standby is filled. Choose a quiet night; for a busy database rehearse it on a copy.
  // Then: The status is available, MultiAZ is true, a second zone is told, and nothing is pending.
  // Then: The write latency is back to what it was, or to what you accept for two copies.
  'legacy-prod-two-zones-legacy-prod-mysql',

  // legacy-prod-mysql moves from db.m4.large to db.m5.large.
  // Clients: One failover: connections end, and new ones succeed after a minute or two. Do it in the quietest hour. (1 to 2 minutes)
  // Then: Before: AWS offers db.m5.large for this version of the engine, in two zones.
  // Then: After: available, on the new class, nothing pending.
  // Then: In a rehearsal the application has opened its connections again by itself.
  'legacy-prod-newer-class-legacy-prod-mysql',

  // ---- 27 production: Functions that use a database move into private subnets ----

  // Make ready what legacy-prod-worker needs in the VPC.
  // Then: The role legacy-prod-lambda may make network interfaces; a new permission takes some seconds to be seen everywhere.
  'legacy-prod-functions-inside-prepared',

  // legacy-prod-worker moves into private subnets.
  // Clients: Calls are answered all the time; the first ones of the new settings start cold. Others see it come from the address of the NAT gateway. (0 to 10 seconds)
  // Then: The change is done: LastUpdateStatus is Successful.
  // Then: No more errors and no longer runs than before, over an hour of usual load.
  // Then: Whoever keeps a list of addresses that legacy-prod-worker calls from has the address of the NAT gateway on it.
  'legacy-prod-functions-inside-legacy-prod-worker',

  // ---- 28 production: Functions on a runtime that AWS patches ----

  // legacy-prod-worker from nodejs16.x to nodejs24.x.
  // Clients: Cold starts of a few seconds. If the code does not work with the new runtime, calls fail until the old one is back. (0 to 1 minute)
  // Then: The code of legacy-prod-worker and its packages were run with nodejs24.x, in a copy of the function or with its container image on a laptop, and its tests pass. Before the step: aws lambda publish-version --function-name legacy-prod-worker
  // Then: No errors in the hour after it.
  'legacy-prod-legacy-prod-worker-nodejs24-x',

  // ---- 29 production: Read replicas stand in several zones ----

  // New read replicas of legacy-prod-mysql in other zones: legacy-prod-mysql-reader-a, legacy-prod-mysql-reader-c.
  // Clients: legacy-prod-mysql may hold writes for some seconds while AWS copies it, if it stands in one zone only. (0 to 30 seconds)
  // Then: legacy-prod-mysql-reader-a is available and its ReplicaLag is 0 for a quarter of an hour.
  // Then: legacy-prod-mysql-reader-c is available and its ReplicaLag is 0 for a quarter of an hour.
  'legacy-prod-replicas-legacy-prod-mysql-made',

  // legacy-prod-web reads from the new replicas.
  // Then: The new replicas have connections, and the errors are as few as before.
  'legacy-prod-replicas-legacy-prod-mysql-readers-taskdefinition-legacy-prod-web',

  // Nobody reads from legacy-prod-mysql-replica-1, legacy-prod-mysql-replica-2 any more.
  // Then: DatabaseConnections of legacy-prod-mysql-replica-1 stays 0 over three days with a working day among them, but for AWS's own.
  // Then: DatabaseConnections of legacy-prod-mysql-replica-2 stays 0 over three days with a working day among them, but for AWS's own.
  'legacy-prod-replicas-legacy-prod-mysql-watched',

  // Delete legacy-prod-mysql-replica-1, legacy-prod-mysql-replica-2.
  // Clients: Nothing: nobody is connected.
  // Then: legacy-prod-mysql-replica-1, legacy-prod-mysql-replica-2 are gone, and the new replicas are available
  'legacy-prod-replicas-legacy-prod-mysql-dropped',

  // ---- 30 production: A role for each service, and no credentials in clear text ----

  // Make a role for each of service web, service worker, function legacy-prod-worker.
  // Then: The team has read each Confirm statement and knows which of them its program needs.
  'legacy-prod-roles-made',

  // Put the values into 3 new secrets.
  // Then: Each secret has a current version.
  // Then: The code of function legacy-prod-worker is deployed in a version that takes DB_PASSWORD from the secret that CREDENTIALS_SECRET names where that variable is set, and from the environment where it is not.
  'legacy-prod-secrets-filled',

  // service web takes up its own role.
  // Clients: Tasks are exchanged one after another. Requests that run longer than the deregistration delay end, and open sockets connect again; where a machine has no room for a second task, the service has one task less for that while. (0 to 5 seconds)
  // Then: The deployment is COMPLETED and every task healthy; the log shows no AccessDenied.
  'legacy-prod-web-task-taken-up',

  // service worker takes up its own role.
  // Clients: Tasks are exchanged one after another. Requests that run longer than the deregistration delay end, and open sockets connect again; where a machine has no room for a second task, the service has one task less for that while. (0 to 5 seconds)
  // Then: The deployment is COMPLETED and every task healthy; the log shows no AccessDenied.
  'legacy-prod-worker-task-taken-up',

  // function legacy-prod-worker takes up its own role.
  // Clients: A few calls that wait for a cold start. (0 to 5 seconds)
  // Then: The function answers without errors for 15 minutes.
  'legacy-prod-worker-function-taken-up',

  // Watch for calls that the new roles refuse.
  // Then: No call of the new roles was refused for 14 days, a month's end among them if something runs then.
  'legacy-prod-roles-watched',

  // Take away the task definitions that hold credentials: legacy-prod-web:1, legacy-prod-worker:1.
  // Then: Passwords that stood there in clear text are changed at their source, and the new ones are in the secrets.
  // Then: No schedule of EventBridge Scheduler starts what this step takes away.
  // Then: No state machine of Step Functions starts what this step takes away.
  'legacy-prod-old-definitions-gone',

  // Delete the roles that nothing works as any more: legacy-prod-task, legacy-prod-lambda.
  // Then: no workload names the old roles
  // Then: No schedule of EventBridge Scheduler starts what this step takes away.
  // Then: No state machine of Step Functions starts what this step takes away.
  'legacy-prod-old-roles-gone',

  // Name who delivers to legacy-prod-jobs.
  // Then: the policies of legacy-prod-jobs name each topic and bucket that delivers
  'legacy-prod-deliverers-named',

  // Watch who uses legacy-prod-jobs from outside.
  // Then: For 14 days every call came from this account or from what the policies name.
  // Then: Nobody outside (partner, older account, EventBridge rule) is meant to send here, or it has a statement of its own.
  'legacy-prod-open-policies-watched',

  // Close legacy-prod-jobs to everybody who is not named.
  // Clients: Nothing inside of the account. Whoever came from outside by the open policy is refused.
  // Then: the policies of legacy-prod-jobs let in nobody without a name
  'legacy-prod-open-policies-closed',

  // ---- 31 production: ECS services on Fargate, and no machines of one’s own ----

  // Prepare Fargate for legacy-prod-web-fargate, legacy-prod-worker-fargate.
  // Then: The quota of Fargate holds all tasks at their most, twice during a deployment.
  // Then: web of web is privileged today, and nothing on Fargate is: it was run without (docker run without --privileged) and does all its work.
  'legacy-prod-fargate-prepared',

  // Tie the new target groups to the load balancer with weight 0.
  // Then: each listener and rule has the old group with 100 and the new one with 0
  'legacy-prod-fargate-attached',

  // Start legacy-prod-web-fargate, legacy-prod-worker-fargate on Fargate beside the old services.
  // Then: Every deployment is COMPLETED, every target healthy, and the logs show that database, cache, queue and buckets are reached.
  // Then: Nothing in these programs must run once only (a timer, a migration at the start): two of them run now.
  'legacy-prod-fargate-beside',

  // 10 % of legacy-prod-alb HTTP:80 to legacy-prod-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-prod-web-fargate-10-percent-legacy-prod-alb-http-80',

  // 10 % of legacy-prod-alb HTTPS:443 to legacy-prod-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-prod-web-fargate-10-percent-legacy-prod-alb-https-443',

  // 10 % of legacy-prod-alb HTTP:80 rule 10 to legacy-prod-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-prod-web-fargate-10-percent-legacy-prod-alb-http-80-rule-10',

  // 50 % of legacy-prod-alb HTTP:80 to legacy-prod-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-prod-web-fargate-50-percent-legacy-prod-alb-http-80',

  // 50 % of legacy-prod-alb HTTPS:443 to legacy-prod-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-prod-web-fargate-50-percent-legacy-prod-alb-https-443',

  // 50 % of legacy-prod-alb HTTP:80 rule 10 to legacy-prod-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-prod-web-fargate-50-percent-legacy-prod-alb-http-80-rule-10',

  // 100 % of legacy-prod-alb HTTP:80 to legacy-prod-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-prod-web-fargate-100-percent-legacy-prod-alb-http-80',

  // 100 % of legacy-prod-alb HTTPS:443 to legacy-prod-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-prod-web-fargate-100-percent-legacy-prod-alb-https-443',

  // 100 % of legacy-prod-alb HTTP:80 rule 10 to legacy-prod-web-fargate.
  // Clients: Nothing for requests. Open WebSockets stay with web until they end.
  // Then: For 15 minutes the share of 5xx answers, the response time and the memory of the tasks are as before.
  'legacy-prod-web-fargate-100-percent-legacy-prod-alb-http-80-rule-10',

  // Watch legacy-prod-web-fargate, legacy-prod-worker-fargate with the old services still there.
  // Then: Errors and response times are as before for a day, memory stays below 80 % and queues do not grow.
  'legacy-prod-fargate-watched',

  // Stop the old services: web, worker.
  // Clients: Open WebSockets and long polls of the old tasks end once and connect again. (0 to 5 seconds)
  // Then: The old target groups have had no request for a day before this; afterwards errors stay as they are, and queues are worked off.
  'legacy-prod-old-services-stopped',

  // Delete the old services with their target groups: web, worker.
  // Then: the old services and target groups are not there any more
  // Then: No schedule of EventBridge Scheduler starts what this step takes away.
  // Then: No state machine of Step Functions starts what this step takes away.
  'legacy-prod-old-services-gone',

  // Empty the 3 machines of legacy-prod.
  // Then: No task runs on any of them.
  // Then: Nothing else lives on these machines: no cron job, no uploaded files, no agent that somebody relies on. Whoever signs in there has another place to work.
  'legacy-prod-machines-emptied',

  // End the machines of legacy-prod.
  // Then: no instance of legacy-prod runs
  // Then: No schedule of EventBridge Scheduler starts what this step takes away.
  // Then: No state machine of Step Functions starts what this step takes away.
  'legacy-prod-machines-gone',

  // Delete what started the machines of legacy-prod, and what they worked as.
  // Then: legacy-prod has the provider FARGATE and no other
  'legacy-prod-machines-forgotten',

  // ---- 32 production: The load balancer stands behind CloudFront, and takes nobody else ----

  // A CloudFront distribution before legacy-prod-alb.
  // Then: Through the distribution everything is as it is directly: sign in, cookies, an upload, redirects, a WebSocket, the longest request (60 seconds until the first byte), and whatever looks at the address of the client.
  // Then: Nobody who matters comes by TLS 1.0, TLS 1.1 any more: the list that is printed is empty after some days of logs, or those on it are told. CloudFront takes TLS 1.2 or newer here; where they have to stay, set minimumProtocolVersion of the distribution to TLSv1_2016 first.
  'legacy-prod-cdn-made',

  // legacy-shop.example (A) leads to the distribution.
  // Clients: Open connections stay at the balancer until they end. By http:// one is sent to https://. Clients so old that they know TLS 1.0, TLS 1.1 at most, or send no server name (SNI), get no answer any more.
  // Then: The name answers through CloudFront, and 5xx, the slowest requests and sign-ins stay as they were for an hour.
  'legacy-prod-cdn-name-legacy-shop-example-a',

  // www.legacy-shop.example (A) leads to the distribution.
  // Clients: Open connections stay at the balancer until they end. By http:// one is sent to https://. Clients so old that they know TLS 1.0, TLS 1.1 at most, or send no server name (SNI), get no answer any more.
  // Then: The name answers through CloudFront, and 5xx, the slowest requests and sign-ins stay as they were for an hour.
  'legacy-prod-cdn-name-www-legacy-shop-example-a',

  // Rule 10 on port 80 of legacy-prod-alb sends to HTTPS.
  // Clients: One redirect more for http:// links. A program that sends a POST by http:// and does not follow it with the body has to be changed.
  // Then: Rule 10 on port 80 of legacy-prod-alb redirects to HTTPS
  // Then: Programs that send forms by http:// straight to the balancer are set to https://.
  'legacy-prod-cdn-https-legacy-prod-alb-http-80-rule-10',

  // Port 80 of legacy-prod-alb sends to HTTPS.
  // Clients: One redirect more for http:// links. A program that sends a POST by http:// and does not follow it with the body has to be changed.
  // Then: Port 80 of legacy-prod-alb redirects to HTTPS
  // Then: Programs that send forms by http:// straight to the balancer are set to https://.
  'legacy-prod-cdn-https-legacy-prod-alb-http-80',

  // 48 hours in which only CloudFront asks legacy-prod-alb.
  // Then: For 48 hours no request came from an address that is not CloudFront's; the list that is printed is empty.
  'legacy-prod-cdn-watch',

  // legacy-prod-alb answers 403 to whatever no rule takes.
  // Clients: Whoever still asks legacy-prod-alb-1186502733.ap-northeast-2.elb.amazonaws.com itself is refused.
  // Then: Through CloudFront it answers as before, and directly with 403.
  'legacy-prod-cdn-default-closed',

  // The own group of legacy-prod-alb admits CloudFront only.
  // Clients: Whoever still asks legacy-prod-alb-1186502733.ap-northeast-2.elb.amazonaws.com itself is refused.
  // Then: Requests go on arriving through CloudFront.
  'legacy-prod-cdn-closed',

  // ---- 33 production: The load balancer stands in public subnets of its own ----

  // legacy-prod-alb in ap-northeast-2a: legacy-prod-network-public-a takes the place of legacy-prod-public-a.
  // Clients: Not tried, only put together from the pages of AWS: open connections by way of ap-northeast-2a may end and be opened again, and for as long as a resolver keeps the old address (a minute) a new one may have to be tried twice. (0 to 1 minute)
  // Then: It is active in every zone, its own name answers with addresses in all of them, and 5xx stay flat for half an hour.
  // Then: Nobody keeps the addresses of the balancer in a list of his: they change.
  'legacy-prod-rehomed-legacy-prod-alb-1',

  // legacy-prod-alb in ap-northeast-2c: legacy-prod-network-public-c takes the place of legacy-prod-public-c.
  // Clients: Not tried, only put together from the pages of AWS: open connections by way of ap-northeast-2c may end and be opened again, and for as long as a resolver keeps the old address (a minute) a new one may have to be tried twice. (0 to 1 minute)
  // Then: It is active in every zone, its own name answers with addresses in all of them, and 5xx stay flat for half an hour.
  // Then: Nobody keeps the addresses of the balancer in a list of his: they change.
  'legacy-prod-rehomed-legacy-prod-alb-2',

  // ---- 34 production: Databases lose their public address ----

  // Close legacy-prod-mysql to the internet.
  // Clients: Nothing inside the VPC. Whoever comes by the public address is cut off and has to use the way in.
  // Then: publiclyAccessible of legacy-prod-mysql is false
  // Then: Everybody who works with the database has come in by the new way.
  'legacy-prod-database-closed',

  // ---- 35 production: Databases leave the public subnets ----

  // legacy-prod-public-a becomes a private subnet.
  // Clients: Nothing for connections inside the VPC. What still goes out from this subnet changes its address, and its open connections outside end.
  // Then: Before: no interface in the subnet has a public address any more.
  // Then: After: the subnet uses the private table, and connections to the databases are as many as before.
  // Then: Whoever keeps a list of the addresses that you call from has the addresses of the NAT gateways on it.
  'legacy-prod-database-private-legacy-prod-public-a',

  // legacy-prod-public-c becomes a private subnet.
  // Clients: Nothing for connections inside the VPC. What still goes out from this subnet changes its address, and its open connections outside end.
  // Then: Before: no interface in the subnet has a public address any more.
  // Then: After: the subnet uses the private table, and connections to the databases are as many as before.
  // Then: Whoever keeps a list of the addresses that you call from has the addresses of the NAT gateways on it.
  'legacy-prod-database-private-legacy-prod-public-c',

  // Nothing that starts in legacy-prod-public-a, legacy-prod-public-c gets a public address.
  // Clients: Nothing: what runs keeps what it has.
  // Then: mapPublicIpOnLaunch of legacy-prod-public-a, legacy-prod-public-c is false
  'legacy-prod-database-private-no-public-addresses',

  // ---- 36 production: Files come by CloudFront, and their bucket is closed ----

  // Write down who reads legacy-prod-media, legacy-prod-static-assets.
  // Then: Logs arrive (the first within some hours).
  'legacy-prod-media-logs',

  // A CloudFront distribution before each of legacy-prod-media, legacy-prod-static-assets.
  // Then: Every distribution is deployed.
  // Then: A dozen files of each kind are the same by both addresses: same ETag, Content-Type and CORS headers (curl -sI -H 'Origin: https://…'); pages of folders and the page for errors too. A 403 by CloudFront alone is an object that another account owns.
  'legacy-prod-media-cdn',

  // legacy-prod-web-fargate links to the distribution: MEDIA_BASE_URL, STATIC_BASE_URL.
  // Then: New pages show their pictures from the new address.
  'legacy-prod-media-links-legacy-prod-web-fargate',

  // Stored links name the new address.
  // Then: The code, the templates and the database hold no S3 host any more.
  'legacy-prod-media-links',

  // 14 days without a direct read of legacy-prod-media, legacy-prod-static-assets.
  // Then: No anonymous request (Requester is -) to legacy-prod-media got an answer (200, 206, 304) within 14 days. Where old links must go on working, leave this bucket as it is and put new files elsewhere.
  // Then: No anonymous request (Requester is -) to legacy-prod-static-assets got an answer (200, 206, 304) within 14 days. Where old links must go on working, leave this bucket as it is and put new files elsewhere.
  'legacy-prod-media-watch',

  // Only CloudFront reads legacy-prod-media, legacy-prod-static-assets.
  // Clients: Whoever still has a direct link gets 403. Signed links of your own programs go on working.
  // Then: The 403s in the logs are noise only.
  'legacy-prod-media-closed',

  // Nobody can open legacy-prod-media, legacy-prod-static-assets again.
  // Clients: An upload that sets a public ACL is refused.
  // Then: Uploads go on working: none of them asks for a public ACL (403 otherwise).
  'legacy-prod-media-blocked',

  // Whatever is still public in legacy-prod-media, legacy-prod-static-assets counts as private.
  // Clients: Direct links to such objects get 403.
  // Then: The 403s in the logs are noise only.
  'legacy-prod-media-private',

  // ---- 37 production: The shared security group goes ----

  // Take the shared group off legacy-prod-alb.
  // Clients: Connections that were open before may have to be opened again; a pool does so by itself within seconds. (0 to 5 seconds)
  // Then: legacy-prod-alb carry their own group only
  // Then: For half an hour no refused connection to them is one of ours.
  'legacy-prod-shared-group-off-loadbalancer',

  // Take the shared group off legacy-prod-redis.
  // Clients: Connections that were open before may have to be opened again; a pool does so by itself within seconds. (0 to 5 seconds)
  // Then: legacy-prod-redis carry their own group only
  // Then: For half an hour no refused connection to them is one of ours.
  'legacy-prod-shared-group-off-cache',

  // Take the shared group off legacy-prod-mysql, legacy-prod-mysql-reader-a, legacy-prod-mysql-reader-c.
  // Clients: Connections that were open before may have to be opened again; a pool does so by itself within seconds. (0 to 5 seconds)
  // Then: legacy-prod-mysql, legacy-prod-mysql-reader-a, legacy-prod-mysql-reader-c carry their own group only
  // Then: For half an hour no refused connection to them is one of ours.
  'legacy-prod-shared-group-off-database',

  // Remove the rules that still admit the shared group.
  // Clients: Nothing: nobody comes by these rules.
  // Then: no rule names the shared group
  'legacy-prod-shared-group-unnamed',

  // Delete legacy-prod-all-open.
  // Clients: Nothing.
  // Then: Before: no interface carries it.
  'legacy-prod-shared-group-deleted',

  // ---- 38 production: Databases are encrypted, on a version that AWS supports ----

  // A key for the databases.
  // Then: The key is enabled.
  'legacy-prod-renewed-key',

  // Copy legacy-prod-mysql.
  // Then: The copy of legacy-prod-mysql is available, and younger than an hour when the next step begins.
  'legacy-prod-renewed-legacy-prod-mysql-copied',

  // A copy of legacy-prod-mysql beside it: mysql 8.0, encrypted.
  // Clients: Nothing; the database writes the log that the copy follows, which costs a little.
  // Then: Before: AWS offers the way to 8.0.
  // Then: Every instance of the copy is encrypted. Where AWS refuses to, stop here: the other way is an encrypted copy of a snapshot, restored while nothing writes.
  // Then: The deployment is AVAILABLE, and the copy lags by less than a second.
  // Then: The application has run its tests and its slowest queries against the copy, read only; its drivers know the new version.
  'legacy-prod-renewed-legacy-prod-mysql-1-beside',

  // legacy-prod-mysql is mysql 8.0, encrypted.
  // Clients: All connections end and nothing writes for typically under a minute; after 300 seconds AWS takes it back. Clients that keep names for longer than 5 seconds notice longer. Do it in the quietest hour. (5 seconds to 1 minute)
  // Then: SWITCHOVER_COMPLETED.
  // Then: Pulumi finds no difference after the import.
  // Then: The application writes and reads, and nothing names the old resource id of the database (IAM authentication, dashboards).
  'legacy-prod-renewed-legacy-prod-mysql-1-switched',

  // The old legacy-prod-mysql goes.
  // Then: The new one has served for a week, with its month end or its busiest day in it if that is near.
  'legacy-prod-renewed-legacy-prod-mysql-1-old-gone',

  // A copy of legacy-prod-mysql beside it: mysql 8.4.
  // Clients: Nothing; the database writes the log that the copy follows, which costs a little.
  // Then: Before: AWS offers the way to 8.4.
  // Then: The deployment is AVAILABLE, and the copy lags by less than a second.
  // Then: The application has run its tests and its slowest queries against the copy, read only; its drivers know the new version.
  'legacy-prod-renewed-legacy-prod-mysql-2-beside',

  // legacy-prod-mysql is mysql 8.4.
  // Clients: All connections end and nothing writes for typically under a minute; after 300 seconds AWS takes it back. Clients that keep names for longer than 5 seconds notice longer. Do it in the quietest hour. (5 seconds to 1 minute)
  // Then: SWITCHOVER_COMPLETED.
  // Then: Pulumi finds no difference after the import.
  // Then: The application writes and reads, and nothing names the old resource id of the database (IAM authentication, dashboards).
  'legacy-prod-renewed-legacy-prod-mysql-2-switched',

  // The old legacy-prod-mysql goes.
  // Then: The new one has served for a week, with its month end or its busiest day in it if that is near.
  'legacy-prod-renewed-legacy-prod-mysql-2-old-gone',

  // ---- 39 Programs lose their long-lived keys ----

  // A role for the workflow of example/legacy-shop.
  'account-machine-keys-pipeline',

  // The pipeline deploys with its role.
  // Then: Runs of the workflow have taken the role.
  // Then: Every workflow that deploys has run once without a key.
  'account-machine-keys-pipeline-moves',

  // Nobody uses the keys of deploy-bot any more.
  // Then: The last use of AKIAEXAMPLEDEPLOY222 of deploy-bot is a week old or older.
  // Then: The last use of AKIAIOSFODNN7EXAMPLE of deploy-bot is a week old or older.
  'account-machine-keys-unused',

  // The keys of deploy-bot are made inactive.
  // Clients: Nothing, if the week before was quiet. A program that was forgotten is denied from now on.
  // Then: No program reports InvalidClientTokenId.
  'account-machine-keys-off',

  // A month in which nobody misses them.
  // Then: The last use of AKIAEXAMPLEDEPLOY222 of deploy-bot is a week old or older.
  // Then: The last use of AKIAIOSFODNN7EXAMPLE of deploy-bot is a week old or older.
  'account-machine-keys-missed',

  // The keys of deploy-bot are deleted.
  'account-machine-keys-gone',

  // What deploy-bot may do is taken away.
  'account-machine-keys-grants',

  // The user deploy-bot goes.
  // Then: No policy of a bucket, queue, topic or key names deploy-bot.
  'account-machine-keys-users',

  // ---- 40 People: a second factor, the work they do, and administration by a role ----

  // New passwords have fourteen characters or more.
  'account-people-passwords',

  // Groups for people, and a role of administration for alice and bob.
  'account-people-made',

  // The key in the glass box: break-glass gets a password and two devices.
  // Then: break-glass has a device.
  // Then: Two people have signed in as break-glass together, taken the role people-break-glass, and locked password and devices away.
  'account-people-break-glass',

  // A second factor for the root user.
  // Then: AccountMFAEnabled is 1, and AccountAccessKeysPresent is 0.
  // Then: The e-mail address and telephone number of the account belong to the team, and somebody reads them.
  'account-people-root',

  // alice and bob join the new groups, and keep what they have.
  'account-people-joined',

  // alice and bob register a second factor.
  // Then: alice has a device.
  // Then: bob has a device.
  // Then: Each of them has signed out, and in again with the device.
  'account-people-devices',

  // The password and keys of carol stop working.
  // Then: Somebody who knows says that carol do not work here, or not with this user.
  'account-people-left',

  // In no group any more: carol.
  'account-people-left-detached',

  // alice and bob work without keys.
  // Then: The last use of AKIAEXAMPLEALICE2222 of alice is a week old or older.
  // Then: The last use of AKIAEXAMPLEBOB222222 of bob is a week old or older.
  'account-people-keys-unused',

  // The keys of alice and bob are made inactive.
  // Then: Nobody misses anything.
  'account-people-keys-off',

  // A month in which nobody misses the keys.
  // Then: The last use of AKIAEXAMPLEALICE2222 of alice is a week old or older.
  // Then: The last use of AKIAEXAMPLEBOB222222 of bob is a week old or older.
  // Then: The last use of AKIAEXAMPLECAROL2222 of carol is a week old or older.
  'account-people-keys-missed',

  // The keys of alice, bob and carol are deleted.
  'account-people-keys-gone',

  // alice is asked for the second factor first.
  // Then: alice has worked for some days, in the console and on the command line.
  'account-people-second-factor-tried',

  // alice works with it for a while.
  // Then: Nothing that alice needs was denied.
  'account-people-second-factor-watched',

  // Asked for the second factor too: bob.
  // Then: Nothing that bob needs was denied.
  'account-people-second-factor',

  // alice and bob administer by the role only.
  // Then: Every administrator has taken the role.
  // Then: What alice did without the role is what the new groups allow too.
  // Then: What bob did without the role is what the new groups allow too.
  'account-people-role-used',

  // No administrator all day any more: alice and bob.
  // Then: Nothing that alice needs was denied.
  // Then: Nothing that bob needs was denied.
  'account-people-detached',

  // ---- 41 Alarms for what the journey made ----

  // Alarms for legacy-dev-mysql-reader-a, legacy-prod-mysql-reader-a, legacy-prod-mysql-reader-c.
  'account-alarms-settled',

  // 9 alarms of what is gone are deleted.
  'account-alarms-of-nothing',

  // ---- 42 Other environments in accounts of their own ----

  // An organization, with an account for development.
  // Then: Bills and credits of the account of today were looked at before it joined: who pays changes with that.
  // Then: Each account is ACTIVE.
  'account-dev-account-made',

  // development is made anew in its own account, by the same program.
  // Then: development runs from end to end in the new account: the tests of the team pass there.
  'legacy-dev-dev-account-deployed',

  // Data of development is copied to the new account.
  // Clients: Nobody in production. development may stop for seconds while a snapshot of a database in one zone begins. (0 to 2 minutes)
  // Then: Personal data of customers is masked before anybody works with the copy.
  'legacy-dev-dev-account-data',

  // Nobody uses development in the old account any more.
  // Then: Nothing but health checks reaches the old balancers and databases.
  // Then: No setting, policy or role of production names anything of development.
  'legacy-dev-dev-account-watched',

  // ---- 43 The old copy of an environment goes ----

  // A last copy of everything that development keeps here.
  // Then: Each copy is complete, and one of them was restored for a try.
  'legacy-dev-retired-copies',

  // Protection from deletion is taken off development.
  'legacy-dev-retired-unprotected',

  // Deleted here: addresses, listeners, triggers and alarms of development (23).
  // Clients: Nobody in production. Whoever still uses development here is turned away.
  // Then: Somebody has read the list of what goes, and everything in it is of development.
  'legacy-dev-retired-doors',

  // Deleted here: programs, servers and load balancers of development (10).
  // Clients: Nobody in production. Whoever still uses development here is turned away.
  // Then: Somebody has read the list of what goes, and everything in it is of development.
  'legacy-dev-retired-programs',

  // Deleted here: databases, caches, tables, buckets and queues of development (41).
  // Clients: Nobody in production. Whoever still uses development here is turned away.
  // Then: Somebody has read the list of what goes, and everything in it is of development.
  // Then: No program that stays, in this account or another, names one of these where no inventory shows it: in its code, or in a setting whose value is hidden.
  'legacy-dev-retired-data',

  // Deleted here: clusters, roles, logs and certificates of development (22).
  // Clients: Nobody in production. Whoever still uses development here is turned away.
  // Then: Somebody has read the list of what goes, and everything in it is of development.
  'legacy-dev-retired-rest',

  // Deleted here: NAT gateways and endpoints of development (4).
  // Clients: Nobody in production. Whoever still uses development here is turned away.
  // Then: Somebody has read the list of what goes, and everything in it is of development.
  'legacy-dev-retired-gateways',

  // Deleted here: rules and routes of development (41).
  // Clients: Nobody in production. Whoever still uses development here is turned away.
  // Then: Somebody has read the list of what goes, and everything in it is of development.
  'legacy-dev-retired-routes',

  // Deleted here: subnets, tables and groups of development (26).
  // Clients: Nobody in production. Whoever still uses development here is turned away.
  // Then: Somebody has read the list of what goes, and everything in it is of development.
  'legacy-dev-retired-places',

  // Deleted here: the network of development (2).
  // Clients: Nobody in production. Whoever still uses development here is turned away.
  // Then: Somebody has read the list of what goes, and everything in it is of development.
  'legacy-dev-retired-network',
]);
