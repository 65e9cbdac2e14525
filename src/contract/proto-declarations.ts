/** What one `.proto` file declares and refers to, before anything is looked up in other files. */

export type Syntax = 'proto2' | 'proto3' | '2023' | '2024';

/** `value` and `extension` are no types, but take names in the scope where types live. */
export type SymbolKind = 'message' | 'enum' | 'service' | 'method' | 'value' | 'extension';

export interface Declaration {
  kind: SymbolKind;
  /** With its package: `orders.v1.Order.Line`. */
  fullName: string;
  offset: number;
}

/** `option`: an import of edition 2024 that brings custom options, and no types. */
export type ImportKind = 'plain' | 'public' | 'weak' | 'option';

export interface Import {
  path: string;
  kind: ImportKind;
  offset: number;
}

export interface TypeReference {
  /** As written, without spaces: `Order`, `v1.Order`, `.orders.v1.Order`. */
  name: string;
  /** Full name of the innermost declaration it stands in; the empty string at the top of a file without package. */
  scope: string;
  offset: number;
}

export interface MethodDeclaration {
  name: string;
  clientStreams: boolean;
  serverStreams: boolean;
  input: TypeReference;
  output: TypeReference;
}

export interface ServiceDeclaration {
  name: string;
  fullName: string;
  offset: number;
  methods: MethodDeclaration[];
}

export interface ProtoDeclarations {
  syntax: Syntax;
  /** The empty string where there is none. */
  package: string;
  packageOffset: number;
  imports: Import[];
  /** Everything with a full name of its own, in order of declaration. */
  declared: Declaration[];
  services: ServiceDeclaration[];
  /** Types that fields name, and messages that `extend` names. */
  fieldTypes: TypeReference[];
}
