/** Policies that AWS keeps for CloudFront, by their fixed ids. */

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
export const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
export const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
export const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';
export const CORS_S3_ORIGIN = '88a5eaf4-2fd7-4709-b370-b4c650ea3fcf';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
export const SECURITY_HEADERS = '67f7725c-6f97-4210-82d7-5512b31e9d03';
