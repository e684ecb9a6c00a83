-- SPDX-License-Identifier: Apache-2.0
-- Writes rows unless a newer one is there. The order is (_version, _as_of, _seq).
-- KEYS: one per row. ARGV: ttl in ms (0: none), then all rows as one MessagePack array (an argument for each text costs
-- more than the writing); then, where the rows do not all live equally long, an array of their ttls. A row is the
-- fields of its hash as name, value, name, value ..., and begins with
-- _as_of, its value, _available_at, its value, _seq, its value, _version, its value.
-- Where the view's layout was compact before, the row that is there is a string that begins with the three numbers.
-- Returns how many rows were written.
local STEP = 1000 -- Lua's stack is short
local ttl = tonumber(ARGV[1])
local rows = cmsgpack.unpack(ARGV[2])
local ttls = ARGV[3] and cmsgpack.unpack(ARGV[3])
local written = 0
local function number(text)
  return tonumber(text or '')
end
for i = 1, #KEYS do
  local key, row = KEYS[i], rows[i]
  local as_of, seq, version = tonumber(row[2]), tonumber(row[6]), tonumber(row[8])
  local old = redis.pcall('HMGET', key, '_version', '_as_of', '_seq')
  local old_version, old_as_of, old_seq = number(old[1]), number(old[2]), number(old[3])
  if old.err then
    if not string.find(old.err, 'WRONGTYPE', 1, true) then
      return redis.error_reply(old.err)
    end
    local head = redis.call('GETRANGE', key, 0, 19)
    if #head < 20 then
      return redis.error_reply(old.err) -- no row of ours: it is not for us to take away
    end
    old_version, old_as_of, old_seq = struct.unpack('>i4i8i8', head)
  end
  local newer = not (old_version and old_as_of and old_seq)
      or version > old_version
      or (version == old_version and (as_of > old_as_of or (as_of == old_as_of and seq > old_seq)))
  if newer then
    if written == 0 then
      -- A server without memory refuses a script at its first command only, and never for a DEL.
      redis.call('SET', key, '')
    end
    -- Takes along what is null now. Measured: no dearer than to delete just those fields.
    redis.call('DEL', key)
    for from = 1, #row, STEP do
      redis.call('HSET', key, unpack(row, from, math.min(from + STEP - 1, #row)))
    end
    local lives = ttls and tonumber(ttls[i]) or ttl
    if lives > 0 then
      redis.call('PEXPIRE', key, lives)
    end
    written = written + 1
  end
end
return written
