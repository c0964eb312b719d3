/** For what is not in ap-northeast-2. */
import * as aws from '@pulumi/aws';

export const inUsEast1 = new aws.Provider('us-east-1', { region: 'us-east-1' });
