/** What a set of `.proto` files promises: packages, services, methods and their streaming kinds. Routes come from it. */

export type StreamingKind = 'unary' | 'server-streaming' | 'client-streaming' | 'bidi-streaming';

export interface Contract {
  /** In order of `fullName`. */
  services: readonly Service[];
}

export interface Service {
  /** As declared: `OrdersService`. */
  name: string;
  /** `package.Service`, or the bare name where the file has no package. The path of its calls is `/${fullName}/`. */
  fullName: string;
  /** The empty string where there is none. */
  package: string;
  /** Path in the buf module, with `/`: `orders/v1/orders.proto`. */
  file: string;
  /** In order of declaration. */
  methods: readonly Method[];
}

export interface Method {
  /** As declared: `PlaceOrder`. */
  name: string;
  kind: StreamingKind;
  /** Full names without a leading dot: `orders.v1.PlaceOrderRequest`. */
  input: string;
  output: string;
}

/** One file of the buf module: its path there (with `/`) and its text, byte for byte as the user wrote it. */
export interface ProtoFile {
  path: string;
  text: string;
}
