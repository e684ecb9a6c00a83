/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Column;
import io.freshet.definition.Emit;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The stored form: version, checksum of the layout, clock, seq, the tiles and windows of each chain, the held events, an end
 * mark.
 */
final class BinaryStateCodec implements EntityStateCodec {

    private static final int END = 0x5A;

    private final TileChain[] chains;
    private final ChainForm[] forms;
    private final HeldEventsForm heldForm;
    private final String layout;
    private final int layoutChecksum;

    BinaryStateCodec(TileChain[] chains, List<Column.Windowed> columns, Emit emit) {
        this.chains = chains;
        this.forms = Arrays.stream(chains).map(ChainForm::new).toArray(ChainForm[]::new);
        this.heldForm = new HeldEventsForm(columns);
        StringBuilder text = new StringBuilder("v" + FORMAT_VERSION + " " + emit);
        for (TileChain each : chains) {
            text.append("; ").append(each.describe());
        }
        this.layout = text.toString();
        CRC32 checksum = new CRC32();
        checksum.update(layout.getBytes(StandardCharsets.UTF_8));
        this.layoutChecksum = (int) checksum.getValue();
    }

    @Override
    public void write(EntityState state, DataOutput out) throws IOException {
        out.writeByte(FORMAT_VERSION);
        out.writeInt(layoutChecksum);
        Varint.writeSigned(state.clockMillis, out);
        Varint.write(state.seq, out);
        for (int i = 0; i < forms.length; i++) {
            forms[i].write(state.rings[i], out);
        }
        heldForm.write(state.held, out);
        out.writeByte(END);
    }

    @Override
    public EntityState read(DataInput in) throws IOException {
        int version = in.readByte();
        if (version != FORMAT_VERSION) {
            throw new IOException("Cannot read an entity's state: version " + version + ", expected " + FORMAT_VERSION);
        }
        int checksum = in.readInt();
        if (checksum != layoutChecksum) {
            throw new IOException("Cannot read an entity's state: it is of other columns (layout checksum " + checksum
                    + "), expected " + layoutChecksum + " for " + layout);
        }
        long clockMillis = Varint.readSigned(in);
        long seq = Varint.read(in);
        TileRing[] rings = new TileRing[chains.length];
        long due = Hop.NEVER;
        for (int i = 0; i < chains.length; i++) {
            rings[i] = forms[i].read(clockMillis, in);
            due = Math.min(due, chains[i].nextExit(rings[i]));
        }
        EntityState state = new EntityState(rings);
        state.clockMillis = clockMillis;
        state.seq = seq;
        state.dueMillis = due;
        state.held = heldForm.read(in);
        int end = in.readByte();
        if (end != END) {
            throw new IOException("Cannot read an entity's state: end mark " + end + ", expected " + END);
        }
        return state;
    }

    @Override
    public EntityState copy(EntityState state) {
        TileRing[] rings = new TileRing[chains.length];
        for (int i = 0; i < chains.length; i++) {
            rings[i] = chains[i].copy(state.rings[i]);
        }
        EntityState copy = new EntityState(rings);
        copy.clockMillis = state.clockMillis;
        copy.seq = state.seq;
        copy.dueMillis = state.dueMillis;
        copy.held = state.held == null ? null : state.held.copy();
        return copy;
    }

    @Override
    public String layout() {
        return layout;
    }
}
