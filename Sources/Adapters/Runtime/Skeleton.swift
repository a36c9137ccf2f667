enum RuntimeSkeleton {}
