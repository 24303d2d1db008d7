/**
 * A chosen picture, made ready for an item: drawn anew at the size it is shown in. Drawing leaves behind what a file
 * may carry besides its pixels, such as the place where a photo was taken.
 */
import { decodeBase64, maximumPictureBytes, pictureHead, pictureSchema } from '@shared/assessment/picture';
import type { Picture, PictureType } from '@shared/assessment/picture';

/** Longest side a picture is kept in; half of what the format allows suits the widest page. */
const longestSide = 1000;
const largestFileBytes = 20 * 1024 * 1024;
/** JPEG qualities tried in turn until the picture is small enough. */
const qualities = [0.9, 0.8, 0.65, 0.5] as const;

export type PictureProblem = 'tooLarge' | 'notPicture';

const base64Of = (address: string): string => address.slice(address.indexOf(',') + 1);
const sizeOf = (data: string): number => (data.length * 3) / 4;

/** PNG keeps lines sharp and comes first; a photo becomes JPEG. */
function* encodings(canvas: HTMLCanvasElement, type: PictureType): Generator<string> {
  if (type === 'image/png') yield canvas.toDataURL('image/png');
  for (const quality of qualities) yield canvas.toDataURL('image/jpeg', quality);
}

function draw(bitmap: ImageBitmap): HTMLCanvasElement {
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.fillStyle = 'white';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  }
  return canvas;
}

/** PNG or JPEG by its bytes, whatever the file is called; null for anything else. */
async function typeOf(file: File): Promise<PictureType | null> {
  return pictureHead(new Uint8Array(await file.arrayBuffer()))?.mediaType ?? null;
}

/** The picture, at most 200 KB, or why it cannot be used. */
export async function readPicture(file: File): Promise<Picture | PictureProblem> {
  if (file.size > largestFileBytes) return 'tooLarge';
  const type = await typeOf(file);
  if (type === null) return 'notPicture';
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap === null) return 'notPicture';
  for (const address of encodings(draw(bitmap), type)) {
    const data = base64Of(address);
    if (sizeOf(data) > maximumPictureBytes) continue;
    const head = pictureHead(decodeBase64(data) ?? new Uint8Array());
    const picture = pictureSchema.safeParse({ ...head, data });
    if (picture.success) return picture.data;
  }
  return 'tooLarge';
}
