enum RuntimeTestsSkeleton {}
