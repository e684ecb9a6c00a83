-- SPDX-License-Identifier: Apache-2.0
-- Writes rows unless a newer one is there. The order is (_version, _as_of, _seq).
-- KEYS: one per row. ARGV: ttl in ms (0: none), then all rows as one MessagePack array (an argument for each text costs
-- more than the writing). A row is the fields of its hash as name, value, name, value ..., and begins with
-- _as_of, its value, _available_at, its value, _seq, its value, _version, its value.
-- Returns how many rows were written.
local STEP = 1000 -- Lua's stack is short
local ttl = tonumber(ARGV[1])
local rows = cmsgpack.unpack(ARGV[2])
local written = 0
for i = 1, #KEYS do
  local key, row = KEYS[i], rows[i]
  local as_of, seq, version = tonumber(row[2]), tonumber(row[6]), tonumber(row[8])
  local old = redis.call('HMGET', key, '_version', '_as_of', '_seq')
  local old_version, old_as_of, old_seq = tonumber(old[1] or ''), tonumber(old[2] or ''), tonumber(old[3] or '')
  local newer = not (old_version and old_as_of and old_seq)
      or version > old_version
      or (version == old_version and (as_of > old_as_of or (as_of == old_as_of and seq > old_seq)))
  if newer then
    -- Takes along what is null now. Measured: no dearer than to delete just those fields.
    redis.call('DEL', key)
    for from = 1, #row, STEP do
      redis.call('HSET', key, unpack(row, from, math.min(from + STEP - 1, #row)))
    end
    if ttl > 0 then
      redis.call('PEXPIRE', key, ttl)
    end
    written = written + 1
  end
end
return written
