/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import io.freshet.client.FeatureReader;
import io.freshet.client.FeatureRequest;
import io.freshet.client.FeatureVector;
import io.freshet.client.ViewVector;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * {@code POST /get-online-features}, with the request and the answer of Feast's feature server: see {@link
 * OnlineFeaturesRequest} and {@link OnlineFeaturesAnswer}.
 */
final class OnlineFeatures {

    /** Values of an answer above which it is made on a thread of its own, not on that of the connection to the store. */
    private static final int LARGE = 2_000;

    private final ServedViews views;
    private final FeatureReader reader;
    private final ServerMetrics metrics;
    private final int maxRows;

    OnlineFeatures(ServedViews views, FeatureReader reader, ServerMetrics metrics, int maxRows) {
        this.views = views;
        this.reader = reader;
        this.metrics = metrics;
        this.maxRows = maxRows;
    }

    CompletionStage<Reply> answer(Call call) {
        OnlineFeaturesRequest asked = OnlineFeaturesRequest.parse(call.body(), views, maxRows);
        FeatureRequest request = FeatureRequest.of(
                        asked.list().service(), asked.entities().rows())
                .withId(call.id());
        int values = asked.entities().rows().size() * asked.list().columns().size();
        Executor computing = values > LARGE ? ForkJoinPool.commonPool() : Runnable::run;
        return reader.readAsync(request, computing).thenApply(vectors -> {
            count(vectors);
            return Reply.writtenJson(OnlineFeaturesAnswer.write(asked, vectors, call.id()));
        });
    }

    private void count(List<FeatureVector> vectors) {
        for (FeatureVector vector : vectors) {
            for (ViewVector view : vector.views()) {
                metrics.served(view.view(), view.status());
            }
        }
    }
}
