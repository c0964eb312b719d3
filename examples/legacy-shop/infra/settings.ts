import * as pulumi from '@pulumi/pulumi';

/** The stack's own settings; secrets are set with `pulumi config set --secret NAME` and stand in no file in clear. */
export const config = new pulumi.Config();
