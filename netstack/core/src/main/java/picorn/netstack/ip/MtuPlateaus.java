// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

/** The MTUs of common links, for routers that do not tell theirs (RFC 1191, section 7.1). */
final class MtuPlateaus {
    /** The least MTU of a link (RFC 791, section 3.2). */
    static final int LEAST = 68;

    private static final int[] PLATEAUS = {32000, 17914, 8166, 4352, 2002, 1492, 1006, 508, 296, LEAST};

    private MtuPlateaus() {}

    /** The largest below the length of a packet that was too large, 0 if there is none. */
    static int below(int length) {
        for (int plateau : PLATEAUS) {
            if (plateau < length) {
                return plateau;
            }
        }
        return 0;
    }
}
