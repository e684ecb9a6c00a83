-- SPDX-License-Identifier: Apache-2.0
-- Writes rows unless a newer one is there. The order is (_version, _as_of, _seq), with which the first value of a row
-- begins: 4, 8 and 8 bytes, big end first.
-- KEYS: one per row; a hash holds the rows of all views of an entity. ARGV: ttl in ms (0: none), then all rows as one
-- MessagePack array; then, where the rows do not all live equally long, an array of their ttls. A row is its fields as name, value, name, value ...; all of them are there, also those of nulls.
-- The whole hash lives as long as the view that keeps it longest says.
-- Returns how many rows were written.
local STEP = 1000 -- Lua's stack is short
local ttl = tonumber(ARGV[1])
local rows = cmsgpack.unpack(ARGV[2])
local ttls = ARGV[3] and cmsgpack.unpack(ARGV[3])
local written = 0
for i = 1, #KEYS do
  local key, row = KEYS[i], rows[i]
  local version, as_of, seq = struct.unpack('>i4i8i8', row[2])
  local old = redis.call('HGET', key, row[1])
  local newer = true
  if old and #old >= 20 then
    local old_version, old_as_of, old_seq = struct.unpack('>i4i8i8', old)
    newer = version > old_version
        or (version == old_version and (as_of > old_as_of or (as_of == old_as_of and seq > old_seq)))
  end
  if newer then
    local left = redis.call('PTTL', key) -- -1: a view keeps it for ever, -2: it is not there yet
    for from = 1, #row, STEP do
      redis.call('HSET', key, unpack(row, from, math.min(from + STEP - 1, #row)))
    end
    local lives = ttls and tonumber(ttls[i]) or ttl
    if lives == 0 then
      redis.call('PERSIST', key)
    elseif left ~= -1 and left < lives then
      redis.call('PEXPIRE', key, lives)
    end
    written = written + 1
  end
end
return written
