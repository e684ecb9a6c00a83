/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.source;

import io.freshet.source.SourceRecord.Decoded;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** The watermark of one partition: it trails the greatest event time. Dead letters do not move it. */
final class EventWatermarks implements WatermarkGenerator<SourceRecord> {

    private final long outOfOrdernessMillis;
    private long greatestMillis = Long.MIN_VALUE;

    EventWatermarks(long outOfOrdernessMillis) {
        this.outOfOrdernessMillis = outOfOrdernessMillis;
    }

    @Override
    public void onEvent(SourceRecord item, long timestamp, WatermarkOutput output) {
        if (item instanceof Decoded decoded) {
            greatestMillis = Math.max(greatestMillis, decoded.timeMillis());
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (greatestMillis != Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(greatestMillis - outOfOrdernessMillis - 1));
        }
    }
}
