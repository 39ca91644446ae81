// SPDX-License-Identifier: MIT
package picorn.netstack.igmp;

/**
 * Which senders are wanted (RFC 3376, section 3.2).
 *
 * @param mode whether the sources are the wanted or the unwanted ones
 * @param sources addresses
 */
record Filter(Mode mode, Sources sources) {
    /** What the sources of a filter are. */
    enum Mode {
        INCLUDE,
        EXCLUDE
    }

    static final Filter NOBODY = new Filter(Mode.INCLUDE, Sources.NONE);
    static final Filter EVERYBODY = new Filter(Mode.EXCLUDE, Sources.NONE);

    boolean isExclude() {
        return mode == Mode.EXCLUDE;
    }

    boolean accepts(int source) {
        return sources.contains(source) != isExclude();
    }

    /** Whether nobody is wanted, that is, the group is left. */
    boolean isNobody() {
        return !isExclude() && sources.isEmpty();
    }

    boolean isSame(Filter other) {
        return mode == other.mode && sources.isSame(other.sources);
    }

    /** What two sockets want together. */
    Filter or(Filter other) {
        if (isExclude() && other.isExclude()) {
            return new Filter(Mode.EXCLUDE, sources.and(other.sources));
        }
        if (isExclude()) {
            return new Filter(Mode.EXCLUDE, sources.minus(other.sources));
        }
        return other.isExclude() ? other.or(this) : new Filter(Mode.INCLUDE, sources.or(other.sources));
    }
}
