/** The bundler answers this import with the WebAssembly binary as a data URL. */
declare module 'highs/runtime?url&inline' {
  const dataUrl: string;
  export default dataUrl;
}

/** The part of WebAssembly used here; neither Node's types nor the ES library declare it. */
declare namespace WebAssembly {
  type Imports = Record<string, Record<string, unknown>>;
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module';
  }
  interface Instance {
    readonly exports: Record<string, unknown>;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports: Imports): Promise<Instance>;
}
