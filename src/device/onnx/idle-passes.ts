/**
 * ONNX Runtime's graph passes (1.30) that find nothing in a program of ours: it has no quantised numbers, no attention or embedding of
 * theirs, no float16, and what it computes backward reads the values that a fused activation or normalisation would hide. Each pass would go
 * through all nodes, in an order that takes it time proportional to their number times that of the nodes that wait; without them a
 * ResNet-110 loads in two thirds of the time. Names that a version does not know are ignored.
 */
export const idlePasses: readonly string[] = [
  // Quantised numbers.
  ...[
    "DoubleQDQPairsRemover",
    "DynamicQuantizeMatMulFusion",
    "EnsureUniqueDQForNodeUnit",
    "MatMulIntegerToFloatFusion",
  ],
  ...["MatMulNBitsFusion", "QDQFinalCleanupTransformer", "QDQPropagationTransformer", "QDQS8ToU8Transformer"],
  ...["QDQSelectorActionTransformer", "WeightBiasQuantization", "WhereDummyDq", "NhwcTransformer"],
  // Attention, embeddings, and what stands around them in transformers.
  ...["AttentionFusion", "EmbedLayerNormFusion", "GroupQueryAttentionFusion", "GroupQueryAttentionPreNormFusion"],
  ...["SkipLayerNormFusion", "BiasSkipLayerNormFusion", "BiasSoftmaxFusion", "BiasDropoutFusion"],
  // Open lengths, float16, DirectML, and patterns of other programs' exports.
  ...["FreeDimensionOverrideTransformer", "FuseFp16InitializerToFp32NodeTransformer", "MatMulActivationFusion"],
  ...["GatherSliceToSplitFusion", "GatherToSliceFusion", "SliceConcatToSpaceToDepthFusion", "ConstantSharing"],
  // Activations and normalisations from their parts.
  ...["GeluFusionL1", "GeluFusionL2", "BiasGeluFusion", "FastGeluFusion", "QuickGeluFusion"],
  ...["LayerNormFusionL1", "LayerNormFusionL2", "SimplifiedLayerNormFusion"],
];

/** The configuration of a session that leaves them out. */
export const withoutIdlePasses = { optimization: { disable_specified_optimizers: idlePasses.join(";") } } as const;
