// SPDX-License-Identifier: MIT
package picorn.netstack.host.files;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client asks for (RFC 9112, section 3).
 *
 * @param method such as GET
 * @param path of the target, decoded, without query
 * @param from the first octet that is wanted, of a range without end (RFC 9110, section 14.1.2); else 0
 */
record HttpRequest(String method, String path, long from) {
    private static final Pattern LINE = Pattern.compile("([A-Z]+) (?:http://[^/ ]*)?(/[^ ?#]*)[^ ]* HTTP/1\\.[01]");
    private static final Pattern RANGE = Pattern.compile("(?i)range:[ \\t]*bytes=(\\d{1,18})-[ \\t]*");

    /** Reads the header of a request, with the empty line or without; nothing if it is none. */
    static Optional<HttpRequest> parse(String header) {
        String[] lines = header.split("\r?\n", -1);
        Matcher line = LINE.matcher(lines[0]);
        if (!line.matches()) {
            return Optional.empty();
        }
        long from = 0;
        for (int i = 1; i < lines.length; i++) {
            Matcher range = RANGE.matcher(lines[i]);
            from = range.matches() ? Long.parseLong(range.group(1)) : from;
        }
        try {
            String path = URLDecoder.decode(line.group(2).replace("+", "%2B"), StandardCharsets.UTF_8);
            return Optional.of(new HttpRequest(line.group(1), path, from));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
