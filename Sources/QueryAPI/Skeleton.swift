enum QueryAPISkeleton {}
