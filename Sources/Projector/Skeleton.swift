enum ProjectorSkeleton {}
