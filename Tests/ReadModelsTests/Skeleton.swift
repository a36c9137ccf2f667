enum ReadModelsTestsSkeleton {}
