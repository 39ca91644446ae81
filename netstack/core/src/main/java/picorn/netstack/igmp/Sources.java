// SPDX-License-Identifier: MIT
package picorn.netstack.igmp;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import picorn.netstack.address.Ipv4Address;

/** A set of senders' addresses, in order. */
final class Sources {
    static final Sources NONE = new Sources(new int[0]);

    private final int[] sorted;

    private Sources(int[] sorted) {
        this.sorted = sorted;
    }

    static Sources of(List<Ipv4Address> addresses) {
        return new Sources(addresses.stream()
                .mapToInt(Ipv4Address::bits)
                .sorted()
                .distinct()
                .toArray());
    }

    static Sources of(int[] addresses) {
        return new Sources(Arrays.stream(addresses).sorted().distinct().toArray());
    }

    int size() {
        return sorted.length;
    }

    int at(int index) {
        return sorted[index];
    }

    boolean isEmpty() {
        return sorted.length == 0;
    }

    boolean contains(int address) {
        return Arrays.binarySearch(sorted, address) >= 0;
    }

    Sources and(Sources other) {
        return filtered(other::contains);
    }

    Sources minus(Sources other) {
        return filtered(each -> !other.contains(each));
    }

    Sources or(Sources other) {
        int[] both = Arrays.copyOf(sorted, sorted.length + other.sorted.length);
        System.arraycopy(other.sorted, 0, both, sorted.length, other.sorted.length);
        return of(both);
    }

    private Sources filtered(IntPredicate condition) {
        return new Sources(Arrays.stream(sorted).filter(condition).toArray());
    }

    boolean isSame(Sources other) {
        return Arrays.equals(sorted, other.sorted);
    }
}
