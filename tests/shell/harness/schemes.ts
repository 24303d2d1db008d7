/** Chromium knows no private schemes: `app://bundle/x` is shown to it as `https://bundle.app.shell.test/x`. */
const suffix = '.shell.test';

/** Address as Chromium sees it. */
export function toChromium(url: string): string {
  const { protocol, hostname, pathname, search, hash } = new URL(url);
  return `https://${hostname}.${protocol.slice(0, -1)}${suffix}${pathname}${search}${hash}`;
}

/** Address as Electron's main process sees it; other addresses stay what they are. */
export function toElectron(url: string, schemes: readonly string[]): string {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.protocol !== 'https:' || !parsed.hostname.endsWith(suffix)) return url;
  const [host, scheme] = parsed.hostname.slice(0, -suffix.length).split('.');
  if (host === undefined || scheme === undefined || !schemes.includes(scheme)) return url;
  return `${scheme}://${host}${parsed.pathname}${parsed.search}${parsed.hash}`;
}
