/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.event.SelectedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of an entity that no row has told of yet. Those owed a row stand in the order in which a replay applies
 * them; those that may rightly have none, such as late ones, are found where a row tells of them after all.
 */
final class Unapplied {

    /** As a replay applies events. */
    static final Comparator<Item.Event> ORDER = Comparator.comparing(
            Item.Event::event,
            Comparator.comparingLong(SelectedEvent::timeMillis)
                    .thenComparingInt(SelectedEvent::partition)
                    .thenComparingLong(SelectedEvent::offset));

    private static final Comparator<Item.Event> BY_OFFSET = Comparator.comparingLong(Item.Event::offset);

    private final List<Item.Event> owed = new ArrayList<>();
    private final Map<Long, List<Item.Event>> excused = new HashMap<>();

    Unapplied copy() {
        Unapplied copy = new Unapplied();
        copy.owed.addAll(owed);
        excused.forEach((millis, events) -> copy.excused.put(millis, new ArrayList<>(events)));
        return copy;
    }

    /** Whether the same events are owed a row. */
    boolean owesTheSameAs(Unapplied other) {
        return owed.equals(other.owed);
    }

    /** Adds the events of a moment, later than all before, each of which is owed a row. */
    void addOwed(List<Item.Event> events) {
        if (events.size() == 1) {
            owed.add(events.get(0));
        } else {
            events.stream().sorted(ORDER).forEach(owed::add);
        }
    }

    /** Adds an event that may have no row. */
    void addExcused(Item.Event event) {
        excused.computeIfAbsent(event.ingestedAtMillis(), millis -> new ArrayList<>(1))
                .add(event);
    }

    /** All that are owed a row, in the order of a replay. */
    List<Item.Event> owed() {
        return owed;
    }

    /** Adds all to a set, those that are excused too. */
    void addTo(Set<SelectedEvent> all) {
        owed.forEach(event -> all.add(event.event()));
        excused.values().forEach(events -> events.forEach(event -> all.add(event.event())));
    }

    /** Events that Kafka took in at that moment, those that are excused last. */
    List<Item.Event> takenInAt(long ingestedAtMillis) {
        List<Item.Event> found = new ArrayList<>(2);
        for (Item.Event event : owed) {
            if (event.ingestedAtMillis() == ingestedAtMillis) {
                found.add(event);
            }
        }
        if (!excused.isEmpty()) {
            found.addAll(excused.getOrDefault(ingestedAtMillis, List.of()));
        }
        return found;
    }

    /** Those that a replay applies before that one. */
    List<Item.Event> before(Item.Event event) {
        int count = 0;
        while (count < owed.size() && ORDER.compare(owed.get(count), event) < 0) {
            count++;
        }
        return List.copyOf(owed.subList(0, count));
    }

    /** Those of a time before that moment. */
    List<Item.Event> before(long timeMillis) {
        int count = 0;
        while (count < owed.size() && owed.get(count).timeMillis() < timeMillis) {
            count++;
        }
        return List.copyOf(owed.subList(0, count));
    }

    /** Whether no other event is owed a row. */
    boolean isOnly(Item.Event event) {
        return owed.isEmpty() || owed.size() == 1 && owed.get(0) == event;
    }

    /** Whether another event of its partition came before and is owed a row. */
    boolean leavesBehind(Item.Event event) {
        return owed.stream().anyMatch(other -> isAhead(other, event));
    }

    /** Those of its partition that came before it. */
    List<Item.Event> ahead(Item.Event event) {
        return owed.stream()
                .filter(other -> isAhead(other, event))
                .sorted(BY_OFFSET)
                .toList();
    }

    private static boolean isAhead(Item.Event other, Item.Event event) {
        return other.partition() == event.partition() && other.offset() < event.offset();
    }

    /** By partition, those of a time up to that moment, as they came; an event of a later time ends its partition. */
    List<List<Item.Event>> queues(long throughMillis, Item.@Nullable Event without) {
        Map<Integer, List<Item.Event>> queues = new TreeMap<>();
        owed.stream()
                .filter(event -> event != without)
                .sorted(BY_OFFSET)
                .forEach(event -> queues.computeIfAbsent(event.partition(), partition -> new ArrayList<>())
                        .add(event));
        List<List<Item.Event>> all = new ArrayList<>();
        for (List<Item.Event> queue : queues.values()) {
            int size = 0;
            while (size < queue.size() && queue.get(size).timeMillis() <= throughMillis) {
                size++;
            }
            all.add(new ArrayList<>(queue.subList(0, size)));
        }
        return all;
    }

    void remove(Item.Event event) {
        if (!owed.remove(event)) {
            List<Item.Event> same = excused.get(event.ingestedAtMillis());
            if (same != null) {
                same.remove(event);
            }
        }
    }

    /** Hands over and forgets all before that moment. */
    void retire(long timeMillis, Consumer<Item.Event> gone) {
        int count = before(timeMillis).size();
        owed.subList(0, count).forEach(gone);
        owed.subList(0, count).clear();
        excused.values().removeIf(events -> {
            events.removeIf(event -> {
                boolean past = event.timeMillis() < timeMillis;
                if (past) {
                    gone.accept(event);
                }
                return past;
            });
            return events.isEmpty();
        });
    }
}
