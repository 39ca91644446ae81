// SPDX-License-Identifier: MIT
package picorn.netstack.host.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A TFTP request (RFC 1350, section 5, with the options of RFC 2347).
 *
 * @param opcode {@link Tftp#RRQ} or {@link Tftp#WRQ}
 * @param file the name
 * @param mode in small letters
 * @param options names in small letters, with their values, in the order of the request
 */
record TftpRequest(int opcode, String file, String mode, Map<String, String> options) {
    private static final int MOST_STRINGS = 32;

    static Optional<TftpRequest> parse(byte[] octets, int length) {
        int opcode = length < 2 ? 0 : Tftp.word(octets, 0);
        Optional<List<String>> strings = strings(octets, length);
        if (opcode != Tftp.RRQ && opcode != Tftp.WRQ
                || strings.isEmpty()
                || strings.get().size() < 2) {
            return Optional.empty();
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 2; i + 1 < strings.get().size(); i += 2) {
            options.putIfAbsent(
                    strings.get().get(i).toLowerCase(Locale.ROOT), strings.get().get(i + 1));
        }
        return Optional.of(new TftpRequest(
                opcode, strings.get().get(0), strings.get().get(1).toLowerCase(Locale.ROOT), options));
    }

    /** What ends with a zero each; nothing if the last does not. */
    private static Optional<List<String>> strings(byte[] octets, int length) {
        List<String> strings = new ArrayList<>();
        int from = 2;
        for (int i = 2; i < length; i++) {
            if (octets[i] == 0) {
                strings.add(new String(octets, from, i - from, StandardCharsets.UTF_8));
                from = i + 1;
            }
        }
        return from == length && strings.size() <= MOST_STRINGS ? Optional.of(strings) : Optional.empty();
    }
}
