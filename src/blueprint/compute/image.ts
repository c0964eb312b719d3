/** The ECR repository of an image, so that a role may pull that one and no other; undefined for an image from elsewhere. */
export function repositoryArn(image: string): string | undefined {
  const match =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([a-z0-9._/-]+?)(:[\w.-]+)?(@sha256:[0-9a-f]{64})?$/.exec(
      image,
    );
  if (match === null) return undefined;
  const [, account, region, repository] = match;
  return `arn:aws:ecr:${region}:${account}:repository/${repository}`;
}
