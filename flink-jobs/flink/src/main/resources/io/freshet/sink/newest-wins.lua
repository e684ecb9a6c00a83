-- Writes rows unless a newer one is there. The order is (_version, _as_of, _seq).
-- KEYS: one per row. ARGV: ttl in ms (0: none), then per row: version, as_of, seq, number of texts that follow,
-- and the fields of the hash as name, value, name, value ...
-- Returns how many rows were written.
local STEP = 1000 -- Lua's stack is short
local ttl = tonumber(ARGV[1])
local at = 2
local written = 0
for i = 1, #KEYS do
  local key = KEYS[i]
  local version, as_of, seq = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local count = tonumber(ARGV[at + 3])
  local first = at + 4
  local old = redis.call('HMGET', key, '_version', '_as_of', '_seq')
  local old_version, old_as_of, old_seq = tonumber(old[1] or ''), tonumber(old[2] or ''), tonumber(old[3] or '')
  local newer = not (old_version and old_as_of and old_seq)
      or version > old_version
      or (version == old_version and (as_of > old_as_of or (as_of == old_as_of and seq > old_seq)))
  if newer then
    redis.call('DEL', key)
    for from = first, first + count - 1, STEP do
      redis.call('HSET', key, unpack(ARGV, from, math.min(from + STEP, first + count) - 1))
    end
    if ttl > 0 then
      redis.call('PEXPIRE', key, ttl)
    end
    written = written + 1
  end
  at = first + count
end
return written
