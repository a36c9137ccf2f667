enum HTTPServerSkeleton {}
