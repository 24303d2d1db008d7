/** Fields every kind of entry may have. */
import { z } from 'zod';

/** ISO time of the host's clock when the fact was recorded. */
export const at = z.iso.datetime();
export const text = z.string();
