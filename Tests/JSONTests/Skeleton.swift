enum JSONTestsSkeleton {}
