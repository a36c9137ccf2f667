enum AccountingSkeleton {}
