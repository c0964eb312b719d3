/** AWS's architecture icons as symbols of an SVG: each once, however often it is drawn. See aws/README.md for where they come from. */
import { AWS_FILES } from './aws-files.ts';

export const ICONS = [
  'application-load-balancer',
  'aurora',
  'classic-load-balancer',
  'cloudfront',
  'dynamodb',
  'ec2',
  'ecs',
  'elasticache',
  'endpoint',
  'fargate',
  'gateway-load-balancer',
  'internet',
  'internet-gateway',
  'lambda',
  'nat-gateway',
  'network-load-balancer',
  'rds',
  's3',
  'secrets-manager',
  'server',
  'sns',
  'sqs',
  'users',
] as const;
export type Icon = (typeof ICONS)[number];

/** `official`: AWS's own, where AWS has one; `plain`: lines on coloured tiles, and no third-party art. */
export const ICON_SETS = ['official', 'plain'] as const;
export type IconSet = (typeof ICON_SETS)[number];

const idOf = (icon: Icon): string => `up-i-${icon}`;
const fileOf = (icon: Icon): string => AWS_FILES[`${icon}.svg`] ?? '';
const darkOf = (icon: Icon): string | undefined => AWS_FILES[`${icon}.dark.svg`];

/** Whether it fills its square; the others are lines on whatever is behind them. */
export const isFilled = (icon: Icon): boolean => darkOf(icon) === undefined;

/** The symbols of icons, in the order of their names. */
export function symbolsOf(icons: Iterable<Icon>): string {
  const used = [...new Set(icons)].sort();
  return used.length === 0 ? '' : `<defs>${used.map(symbolOf).join('')}</defs>`;
}

function symbolOf(icon: Icon): string {
  const [file, dark] = [fileOf(icon), darkOf(icon)];
  const drawing =
    dark === undefined
      ? embedded(file, idOf(icon))
      : `<g class="up-light">${embedded(file, `${idOf(icon)}-l`)}</g><g class="up-dark">${embedded(dark, `${idOf(icon)}-d`)}</g>`;
  return `<symbol id="${idOf(icon)}" viewBox="${/ viewBox="([\d. ]+)"/.exec(file)?.[1] ?? ''}">${drawing}</symbol>`;
}

/** What is inside of a file's root element, with ids that nothing else in the document has. */
function embedded(file: string, prefix: string): string {
  const inner = file.slice(file.indexOf('>', file.indexOf('<svg')) + 1, file.lastIndexOf('</svg>'));
  return inner
    .replace(/ id="([^"]*)"/g, (_, id: string) => ` id="${prefix}-${id.replace(/\s+/g, '-')}"`)
    .replace(/url\(#([^)]*)\)/g, (_, id: string) => `url(#${prefix}-${id.replace(/\s+/g, '-')})`)
    .trim();
}

/** Draws one; a picture's pointer is the tile's behind it, whose name is the thing's and not the icon's. */
export const useOf = (icon: Icon, x: string, y: string, size: string): string =>
  `<use href="#${idOf(icon)}" x="${x}" y="${y}" width="${size}" height="${size}"/>`;
