// The types of what is copied into static/vendor (consultazione/web/assets). The copies are
// not read themselves: lit-html brings declarations in node_modules; of socket.io the pages use
// little, and what they use is declared here.

declare module "*/vendor/lit-html/lit-html.js" {
  export * from "lit-html";
}
declare module "*/vendor/lit-html/directives/repeat.js" {
  export * from "lit-html/directives/repeat.js";
}
declare module "*/vendor/lit-html/directives/keyed.js" {
  export * from "lit-html/directives/keyed.js";
}
declare module "*/vendor/socket.io/socket.io.esm.min.js" {
  /** The connection to the server; the tests hold one of their own. */
  export interface Socket {
    readonly connected: boolean;
    readonly id?: string;
    on(event: string, handle: (frame: any) => void): unknown;
    emit(message: string, data: object): unknown;
    timeout(milliseconds: number): { emitWithAck(message: string, data: object): Promise<any> };
    connect(): unknown;
    disconnect(): unknown;
  }
  export function io(options: { transports: string[]; tryAllTransports: boolean }): Socket;
}
declare module "*/vendor/bootstrap-italia/components.js" {}
