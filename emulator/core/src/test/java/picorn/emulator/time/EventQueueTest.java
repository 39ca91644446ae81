// SPDX-License-Identifier: MIT
package picorn.emulator.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picorn.emulator.state.StateMismatch;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

class EventQueueTest {
    private final EventQueue queue = new EventQueue();
    private final List<String> happened = new ArrayList<>();

    private Event event(String name) {
        return queue.event(name, () -> happened.add(name));
    }

    @Test
    void eventsHappenByTimeAndTiesByOrderOfRegistration() {
        Event a = event("a");
        Event b = event("b");
        Event c = event("c");
        c.at(10);
        b.at(10);
        a.at(20);
        queue.runDue(20);
        assertThat(happened).containsExactly("b", "c", "a");
    }

    @Test
    void nothingHappensBeforeItsTime() {
        Event a = event("a");
        a.at(10);
        queue.runDue(9);
        assertThat(happened).isEmpty();
        assertThat(a.armed()).isTrue();
        assertThat(queue.next()).isEqualTo(10);
        queue.runDue(10);
        assertThat(happened).containsExactly("a");
        assertThat(a.armed()).isFalse();
        assertThat(queue.next()).isEqualTo(EventQueue.NEVER);
    }

    @Test
    void armingAgainReplacesTheTimeAndCancelForgetsIt() {
        Event a = event("a");
        Event b = event("b");
        a.at(10);
        a.at(30);
        b.at(20);
        b.cancel();
        queue.runDue(29);
        assertThat(happened).isEmpty();
        queue.runDue(30);
        assertThat(happened).containsExactly("a");
    }

    @Test
    void eventArmedByAnotherForNowHappensInTheSameRun() {
        Event later = event("later");
        queue.event("first", () -> later.at(10)).at(10);
        queue.runDue(10);
        assertThat(happened).containsExactly("later");
    }

    @Test
    void listenerHearsOnlyOfANearerDeadline() {
        List<Long> nearer = new ArrayList<>();
        queue.onEarlier(nearer::add);
        Event a = event("a");
        Event b = event("b");
        a.at(100);
        b.at(200);
        b.at(50);
        a.at(60);
        b.cancel();
        assertThat(nearer).containsExactly(100L, 50L);
    }

    @Test
    void twoEventsOfOneNameAreRefused() {
        event("a");
        assertThatThrownBy(() -> event("a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void randomArmingHappensInTheOrderOfASortedMap() {
        long seed = 7;
        Random random = new Random(seed);
        Event[] events = new Event[40];
        TreeMap<Integer, Long> expectedDue = new TreeMap<>();
        for (int i = 0; i < events.length; i++) {
            events[i] = event("" + i);
        }
        for (int round = 0; round < 2000; round++) {
            int i = random.nextInt(events.length);
            if (random.nextInt(4) == 0) {
                events[i].cancel();
                expectedDue.remove(i);
            } else {
                long due = round + random.nextInt(50);
                events[i].at(due);
                expectedDue.put(i, due);
            }
            long now = round;
            List<String> expected = expectedDue.entrySet().stream()
                    .filter(e -> e.getValue() <= now)
                    .sorted((x, y) -> x.getValue().equals(y.getValue())
                            ? x.getKey() - y.getKey()
                            : Long.compare(x.getValue(), y.getValue()))
                    .map(e -> "" + e.getKey())
                    .toList();
            expectedDue.values().removeIf(due -> due <= now);
            happened.clear();
            queue.runDue(now);
            assertThat(happened).as("seed %d, round %d", seed, round).isEqualTo(expected);
        }
    }

    @Test
    void armedEventsSurviveSaveAndLoadByName() {
        event("a").at(10);
        event("b");
        StateWriter out = new StateWriter();
        queue.save(out);

        EventQueue fresh = new EventQueue();
        Event b = fresh.event("b", () -> happened.add("fresh b"));
        fresh.event("a", () -> happened.add("fresh a"));
        b.at(5);
        fresh.load(new StateReader(out.toByteArray()));
        fresh.runDue(100);
        assertThat(happened).containsExactly("fresh a");

        EventQueue other = new EventQueue();
        assertThatThrownBy(() -> other.load(new StateReader(out.toByteArray())))
                .isInstanceOf(StateMismatch.class)
                .hasMessageContaining("'a'");
    }
}
