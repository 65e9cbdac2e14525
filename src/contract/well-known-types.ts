/** The files that come with every protobuf compiler: `google/protobuf/*.proto`, and the types they declare. */
import type { Declaration } from './proto-declarations.ts';

const folder = 'google/protobuf/';

/** Whether buf brings this file itself, so that a repo need not hold it. */
export function isWellKnown(path: string): boolean {
  return wellKnownTypes.has(path);
}

/** Paths of all of them, in order. */
export function listWellKnown(): readonly string[] {
  return [...wellKnownTypes.keys()];
}

/** The package of a well-known file: `google.protobuf` but for the compiler's plugin and the language features. */
export function wellKnownPackage(path: string): string {
  if (path.startsWith(`${folder}compiler/`)) return 'google.protobuf.compiler';
  return path.endsWith('_features.proto') ? 'pb' : 'google.protobuf';
}

/** What a well-known file declares: messages and enums. */
export function declareWellKnown(path: string): Declaration[] {
  const names = wellKnownTypes.get(path)?.split(' ') ?? [];
  return names.map((name) => ({
    kind: name.startsWith('#') ? 'enum' : 'message',
    fullName: `${wellKnownPackage(path)}.${name.replace('#', '')}`,
    offset: 0,
  }));
}

/** As buf 1.74.0 has them (a test holds this table to buf's own descriptors); `#` stands before enums. */
const wellKnownTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'any.proto': 'Any',
    'api.proto': 'Api Method Mixin',
    'compiler/plugin.proto':
      'Version CodeGeneratorRequest CodeGeneratorResponse CodeGeneratorResponse.File ' +
      '#CodeGeneratorResponse.Feature',
    'cpp_features.proto': 'CppFeatures #CppFeatures.StringType #CppFeatures.RepeatedType',
    'descriptor.proto':
      'FileDescriptorSet FileDescriptorProto DescriptorProto DescriptorProto.ExtensionRange ' +
      'DescriptorProto.ReservedRange ExtensionRangeOptions ExtensionRangeOptions.Declaration ' +
      '#ExtensionRangeOptions.VerificationState FieldDescriptorProto #FieldDescriptorProto.Type ' +
      '#FieldDescriptorProto.Label OneofDescriptorProto EnumDescriptorProto ' +
      'EnumDescriptorProto.EnumReservedRange EnumValueDescriptorProto ServiceDescriptorProto ' +
      'MethodDescriptorProto FileOptions #FileOptions.OptimizeMode MessageOptions FieldOptions ' +
      'FieldOptions.EditionDefault FieldOptions.FeatureSupport #FieldOptions.CType #FieldOptions.JSType ' +
      '#FieldOptions.OptionRetention #FieldOptions.OptionTargetType OneofOptions EnumOptions ' +
      'EnumValueOptions ServiceOptions MethodOptions #MethodOptions.IdempotencyLevel UninterpretedOption ' +
      'UninterpretedOption.NamePart FeatureSet FeatureSet.VisibilityFeature ' +
      '#FeatureSet.VisibilityFeature.DefaultSymbolVisibility #FeatureSet.FieldPresence #FeatureSet.EnumType ' +
      '#FeatureSet.RepeatedFieldEncoding #FeatureSet.Utf8Validation #FeatureSet.MessageEncoding ' +
      '#FeatureSet.JsonFormat #FeatureSet.EnforceNamingStyle FeatureSetDefaults ' +
      'FeatureSetDefaults.FeatureSetEditionDefault SourceCodeInfo SourceCodeInfo.Location GeneratedCodeInfo ' +
      'GeneratedCodeInfo.Annotation #GeneratedCodeInfo.Annotation.Semantic #Edition #SymbolVisibility',
    'duration.proto': 'Duration',
    'empty.proto': 'Empty',
    'field_mask.proto': 'FieldMask',
    'go_features.proto':
      'GoFeatures GoFeatures.OptimizeModeFeature #GoFeatures.OptimizeModeFeature.OptimizeMode ' +
      '#GoFeatures.APILevel #GoFeatures.StripEnumPrefix',
    'java_features.proto':
      'JavaFeatures JavaFeatures.NestInFileClassFeature ' +
      '#JavaFeatures.NestInFileClassFeature.NestInFileClass #JavaFeatures.Utf8Validation',
    'source_context.proto': 'SourceContext',
    'struct.proto': 'Struct Struct.FieldsEntry Value ListValue #NullValue',
    'timestamp.proto': 'Timestamp',
    'type.proto': 'Type Field #Field.Kind #Field.Cardinality Enum EnumValue Option #Syntax',
    'wrappers.proto':
      'DoubleValue FloatValue Int64Value UInt64Value Int32Value UInt32Value BoolValue StringValue ' + 'BytesValue',
  }).map(([path, names]) => [folder + path, names]),
);
