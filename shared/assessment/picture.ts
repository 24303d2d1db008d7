/**
 * Pictures of materials: PNG and JPEG only, small, kept inside the item. SVG is refused because it can hold scripts
 * and links. The bytes decide what a picture is; what its fields say must agree with them.
 */
import { z } from 'zod';

export const pictureTypes = ['image/png', 'image/jpeg'] as const;
export type PictureType = (typeof pictureTypes)[number];

/** Bytes of one picture. It travels with every form that holds the item, so it stays small. */
export const maximumPictureBytes = 200 * 1024;

/** Longest side in pixels: twice the widest place a picture is shown in. */
export const maximumPictureSide = 1600;

/** Four characters hold three bytes. */
export const maximumPictureText = Math.ceil(maximumPictureBytes / 3) * 4;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const valueByCode = new Uint8Array(128);
for (let value = 0; value < alphabet.length; value += 1) valueByCode[alphabet.charCodeAt(value)] = value;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Bytes of base64 text with padding; null when it is none. @example decodeBase64('AQI=') → 1, 2 */
export function decodeBase64(text: string): Uint8Array | null {
  if (!base64.test(text)) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let from = 0, to = 0; from < text.length; from += 4, to += 3) {
    const first = valueByCode[text.charCodeAt(from)] ?? 0;
    const second = valueByCode[text.charCodeAt(from + 1)] ?? 0;
    const third = valueByCode[text.charCodeAt(from + 2)] ?? 0;
    const fourth = valueByCode[text.charCodeAt(from + 3)] ?? 0;
    bytes[to] = (first << 2) | (second >> 4);
    bytes[to + 1] = ((second & 15) << 4) | (third >> 2);
    bytes[to + 2] = ((third & 3) << 6) | fourth;
  }
  return bytes;
}

/** @example encodeBase64(new Uint8Array([1, 2])) === 'AQI=' */
export function encodeBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(from, from + 3);
    const indexes = [
      first >> 2,
      ((first & 3) << 4) | (second >> 4),
      ((second & 15) << 2) | (third >> 6),
      third & 63,
    ];
    const kept = Math.min(bytes.length - from, 3) + 1;
    pieces.push(indexes.map((index, place) => (place < kept ? (alphabet[index] ?? '') : '=')).join(''));
  }
  return pieces.join('');
}

export interface PictureHead {
  readonly mediaType: PictureType;
  readonly width: number;
  readonly height: number;
}

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const jpegSignature = [0xff, 0xd8, 0xff];

const twoBytes = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** Width and height stand in the IHDR chunk, which comes first (PNG, third edition, 11.2.1). */
function pngHead(bytes: Uint8Array): PictureHead | null {
  const isHeader = startsWith(bytes.subarray(12), [0x49, 0x48, 0x44, 0x52]);
  const [width, height] = [16, 20].map((at) => twoBytes(bytes, at) * 65_536 + twoBytes(bytes, at + 2));
  return isHeader && width && height ? { mediaType: 'image/png', width, height } : null;
}

/** Frame headers SOF0–SOF15 without DHT, JPG and DAC (ITU-T T.81, table B.1). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Walks the segments up to the frame header, which holds height and width. */
function jpegHead(bytes: Uint8Array): PictureHead | null {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1] ?? 0;
    const [height, width] = [twoBytes(bytes, at + 5), twoBytes(bytes, at + 7)];
    if (isFrame(marker)) return width && height ? { mediaType: 'image/jpeg', width, height } : null;
    at += 2 + twoBytes(bytes, at + 2);
  }
  return null;
}

/** What the bytes are by their own header; null when they are neither PNG nor JPEG. */
export function pictureHead(bytes: Uint8Array): PictureHead | null {
  if (startsWith(bytes, pngSignature)) return pngHead(bytes);
  return startsWith(bytes, jpegSignature) ? jpegHead(bytes) : null;
}

/** Whether the fields are what the bytes say. */
function isTrue({ data, mediaType, width, height }: PictureHead & { readonly data: string }): boolean {
  const head = pictureHead(decodeBase64(data) ?? new Uint8Array());
  return head?.mediaType === mediaType && head.width === width && head.height === height;
}

export const pictureSchema = z
  .strictObject({
    mediaType: z.enum(pictureTypes),
    width: z.int().min(1).max(maximumPictureSide),
    height: z.int().min(1).max(maximumPictureSide),
    /** Base64 of the file. */
    data: z.string().min(1).max(maximumPictureText),
  })
  .refine(isTrue, { message: 'the picture is not what its fields say' });
export type Picture = z.infer<typeof pictureSchema>;

/** Address an `img` shows the picture from. */
export const pictureAddress = ({ mediaType, data }: Pick<Picture, 'mediaType' | 'data'>): string =>
  `data:${mediaType};base64,${data}`;
