-- SPDX-License-Identifier: Apache-2.0
-- Writes rows unless a newer one is there. The order is (_version, _as_of, _seq), with which a row begins: 4, 8 and 8
-- bytes, big end first. As numbers of Lua they are exact up to 2^53, which is far beyond any time in ms.
-- KEYS: one per row. ARGV: ttl in ms (0: none), then all rows as one MessagePack array; then, where
-- the rows do not all live equally long, an array of their ttls.
-- Where the view's layout was hash before, the row that is there is a hash that has the three as fields.
-- Returns how many rows were written.
local ttl = tonumber(ARGV[1])
local rows = cmsgpack.unpack(ARGV[2])
local ttls = ARGV[3] and cmsgpack.unpack(ARGV[3])
local written = 0
local function number(text)
  return tonumber(text or '')
end
for i = 1, #KEYS do
  local key, row = KEYS[i], rows[i]
  local version, as_of, seq = struct.unpack('>i4i8i8', row)
  local old = redis.pcall('GETRANGE', key, 0, 19)
  local old_version, old_as_of, old_seq
  if type(old) == 'table' then
    if not string.find(old.err, 'WRONGTYPE', 1, true) then
      return redis.error_reply(old.err)
    end
    local hash = redis.call('HMGET', key, '_version', '_as_of', '_seq')
    old_version, old_as_of, old_seq = number(hash[1]), number(hash[2]), number(hash[3])
  elseif #old == 20 then
    old_version, old_as_of, old_seq = struct.unpack('>i4i8i8', old)
  elseif #old > 0 then
    -- No row of ours: it is not for us to take away.
    return redis.error_reply('WRONGTYPE Operation against a key that holds no row')
  end
  local newer = not (old_version and old_as_of and old_seq)
      or version > old_version
      or (version == old_version and (as_of > old_as_of or (as_of == old_as_of and seq > old_seq)))
  if newer then
    local lives = ttls and tonumber(ttls[i]) or ttl
    if lives > 0 then
      redis.call('SET', key, row, 'PX', lives)
    else
      redis.call('SET', key, row)
    end
    written = written + 1
  end
end
return written
