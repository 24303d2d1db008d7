/** Dates as this product prints them: 2025-06-30, local time. */
const two = (value: number): string => String(value).padStart(2, '0');

export function dateText(iso: string): string {
  const date = new Date(iso);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function dateTimeText(iso: string): string {
  const date = new Date(iso);
  return `${dateText(iso)} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
