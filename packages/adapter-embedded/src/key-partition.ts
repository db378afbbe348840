/** The partition of a key: equal keys give equal partitions as long as the number of partitions stays the same (FNV-1a over UTF-16 units). */
export function keyPartition(key: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % partitions;
}
