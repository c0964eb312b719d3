/** Our own plain icons: lines on a 24 × 24 field, drawn in the tile's ink. No third-party art. */
import type { Glyph } from './picture.ts';

export const GLYPHS: Readonly<Record<Glyph, string>> = {
  people:
    'M9 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6M3 20v-2a5 5 0 0 1 5-5h2a5 5 0 0 1 5 5v2M16 4.3a3 3 0 0 1 0 5.4M18 13.3a5 5 0 0 1 3 4.7v2',
  internet: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18M4.6 7h14.8M4.6 17h14.8',
  host: 'M7 18h10a4 4 0 0 0 .6-7.95A6 6 0 0 0 6.1 9.2 4.5 4.5 0 0 0 7 18z',
  cdn: 'M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14M5 12h14M12 5c-3.5 4-3.5 10 0 14M12 5c3.5 4 3.5 10 0 14M2 6l3 1M22 6l-3 1M2 18l3-1M22 18l-3-1',
  gateway: 'M6 20v-9a6 6 0 0 1 12 0v9M3 20h18M10 20v-8a2 2 0 0 1 4 0v8',
  nat: 'M4 5h7v14H4zM11 9h8M16 6l3 3-3 3M20 15h-9M14 12.5',
  balancer: 'M12 4v5M12 9H5v6M12 9h7v6M12 9v6M3 15h4v4H3zM10 15h4v4h-4zM17 15h4v4h-4z',
  instance: 'M7 7h10v10H7zM10 10h4v4h-4zM10 7V4M14 7V4M10 20v-3M14 20v-3M7 10H4M7 14H4M20 10h-3M20 14h-3',
  containers: 'M12 3l7 4v8l-7 4-7-4V7zM5 7l7 4 7-4M12 11v8',
  function: 'M5 20l5.5-11M8 4h2.5L18 20h2',
  database: 'M5 6c0-4 14-4 14 0s-14 4-14 0M5 6v12c0 4 14 4 14 0V6M5 12c0 4 14 4 14 0',
  cache: 'M5 6c0-4 14-4 14 0s-14 4-14 0M5 6v12c0 4 14 4 14 0V6M13 10l-3 5h4l-3 5',
  endpoint: 'M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM8 12h7M12.5 9l3 3-3 3',
  bucket: 'M4 6c0-3 16-3 16 0s-16 3-16 0M4 6l3 13c.5 2 9.5 2 10 0L20 6',
  queue: 'M2 8h5v8H2zM9.5 8h5v8h-5zM17 8h5v8h-5z',
  topic: 'M4 10v4M4 10h4l8-5v14l-8-5H4M8 14v5h2M19 9c1.5 2 1.5 4 0 6',
  table: 'M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14',
  secret: 'M8 15a4 4 0 1 1 3.5-6H21v3h-2v3h-3v-3h-4.5A4 4 0 0 1 8 15M7.5 11h.01',
  services: 'M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z',
};

/** The signs in the corners of boxes, on a field of 13 × 13: an open lock, a closed lock, a cloud. */
export const CORNERS: Readonly<Record<string, string>> = {
  public: 'M3.5 6h6v4h-6zM4.5 6V4.7a2 2 0 0 1 3.8-.8',
  private: 'M3.5 6h6v4h-6zM4.5 6V4.7a2 2 0 0 1 4 0V6',
  vpc: 'M4 9.5h5.2a2 2 0 0 0 .3-4 3 3 0 0 0-5.7-.3A2.2 2.2 0 0 0 4 9.5z',
};
