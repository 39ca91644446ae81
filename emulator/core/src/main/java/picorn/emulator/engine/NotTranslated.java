// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import picorn.emulator.engine.translate.Unsupported;

/** The encodings whose meaning turned out to be no matter for partial evaluation, and why: they are executed as the interpreter does. */
final class NotTranslated {
    private final Map<Encoding, String> reasons = new ConcurrentHashMap<>();

    boolean contains(Encoding encoding) {
        return reasons.containsKey(encoding);
    }

    void add(Encoding encoding, Unsupported reason) {
        reasons.put(encoding, reason.getMessage());
    }

    Map<Encoding, String> reasons() {
        return Map.copyOf(reasons);
    }
}
