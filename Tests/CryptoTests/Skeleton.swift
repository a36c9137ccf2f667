enum CryptoTestsSkeleton {}
