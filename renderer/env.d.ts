/// <reference types="vite/client" />
import type { Client } from '@shared/contract/contract';

declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent;
  export default component;
}

declare global {
  interface Window {
    /** Present in the desktop window only; browser mode talks HTTP. */
    readonly api?: Client;
  }
}
