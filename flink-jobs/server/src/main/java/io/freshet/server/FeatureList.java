/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import static java.util.Objects.requireNonNull;

import io.freshet.client.FeatureService;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.ValueType;
import io.freshet.reading.ReadPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Features of some views, in the order in which a caller has them. Made once and kept; immutable. */
final class FeatureList {

    private final FeatureService service;
    private final List<Column> columns;
    private final List<EntityField> entity;
    private final Map<String, ValueType> request;

    /** A feature of a view, by their names. */
    record Reference(String view, String feature) {}

    /**
     * One feature of the list.
     *
     * @param view name of the view
     * @param feature name of the feature
     * @param viewPosition which of the views of the service it is of
     * @param position which of the features of that view it is
     */
    record Column(String view, String feature, int viewPosition, int position) {

        /** Its name in an answer. */
        String name(Naming naming) {
            return naming == Naming.FULL ? view + "__" + feature : feature;
        }
    }

    /** What features are called in an answer. */
    enum Naming {
        /** By their own name. */
        SHORT,
        /** As {@code view__feature}. */
        FULL
    }

    /**
     * A field of the entity of one of the views.
     *
     * @param view name of the view
     * @param name what the field is called in a call: its last name
     * @param path its whole name
     */
    record EntityField(String view, String name, String path, ValueType type) {
        static EntityField of(String view, ViewPlan.Field field) {
            return new EntityField(view, field.path().get(field.path().size() - 1), field.name(), field.type());
        }
    }

    private FeatureList(
            FeatureService service, List<Column> columns, List<EntityField> entity, Map<String, ValueType> request) {
        this.service = service;
        this.columns = List.copyOf(columns);
        this.entity = List.copyOf(entity);
        this.request = Map.copyOf(request);
    }

    /**
     * A list.
     *
     * @param wanted the features, in order, none twice
     * @param views their views, by name
     */
    static FeatureList of(List<Reference> wanted, Map<String, ViewPlan> views) {
        Map<String, List<String>> byView = new LinkedHashMap<>();
        wanted.forEach(each ->
                byView.computeIfAbsent(each.view(), first -> new ArrayList<>()).add(each.feature()));
        List<String> names = List.copyOf(byView.keySet());
        List<Column> columns = wanted.stream()
                .map(each -> new Column(
                        each.view(),
                        each.feature(),
                        names.indexOf(each.view()),
                        byView.getOrDefault(each.view(), List.of()).indexOf(each.feature())))
                .toList();
        FeatureService.Builder service = FeatureService.builder();
        List<EntityField> entity = new ArrayList<>();
        Map<String, ValueType> request = new LinkedHashMap<>();
        byView.forEach((name, features) -> {
            ViewPlan view = requireNonNull(views.get(name), name);
            ReadPlan plan = ReadPlan.of(view, features);
            service.view(view, features);
            view.entity().forEach(field -> entity.add(EntityField.of(name, field)));
            plan.request().forEach(field -> request.putIfAbsent(field.name(), field.type()));
        });
        return new FeatureList(service.build(), columns, entity, request);
    }

    FeatureService service() {
        return service;
    }

    /** The features, in the order wanted. */
    List<Column> columns() {
        return columns;
    }

    /** The fields of the entities of all views. */
    List<EntityField> entity() {
        return entity;
    }

    /** What a request must say, by name. */
    Map<String, ValueType> request() {
        return request;
    }

    /** Names that two features have. */
    Set<String> ambiguous() {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        columns.forEach(column -> {
            if (!seen.add(column.feature())) {
                twice.add(column.feature());
            }
        });
        return twice;
    }
}
