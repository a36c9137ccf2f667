enum ReadModelsSkeleton {}
