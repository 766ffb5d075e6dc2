/**
 * ONNX Runtime's graph passes (1.30) that find nothing in a program of ours: it has no quantised numbers, no attention or embedding of
 * theirs, no float16, and what it computes backward reads the values that a fused activation or normalisation would hide. Each pass would
 * sort all nodes and go through them, and after one that changes something all others would begin again. Names that a version does not know
 * are ignored.
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
  // What `GraphBuilder` does: equal nodes once, and no shape in vain.
  ...["CommonSubexpressionElimination", "ReshapeFusion"],
];

/** The same where images lie in blocks: what is transposed there has no place to go. */
export const idleBesideBlocks: readonly string[] = ["TransposeOptimizer", "TransposeOptimizer_CPUExecutionProvider"];

/** The configuration of a session that leaves passes out. */
export const withoutPasses = (names: readonly string[]) => ({
  optimization: { disable_specified_optimizers: names.join(";") },
});
