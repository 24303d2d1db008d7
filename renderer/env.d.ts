/// <reference types="vite/client" />
import type { Client } from '@shared/contract/contract';

declare global {
  interface Window {
    /** Present in the desktop window only; browser mode talks HTTP. */
    readonly api?: Client;
  }
}
