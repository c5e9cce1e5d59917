/** Bytes above which etcd refuses a request (`--max-request-bytes`, server/embed/config.go @v3.6); it keeps protobuf. Rule J8. */
export const ETCD_LIMIT = 1_572_864
