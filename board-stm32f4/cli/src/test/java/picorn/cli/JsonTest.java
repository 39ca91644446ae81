// SPDX-License-Identifier: MIT
package picorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RFC 8259. */
class JsonTest {
    @Test
    void writesNestedValues() {
        assertThat(Json.of(Map.of("a", List.of(1, 2.5, true))))
                .isEqualTo("{\n  \"a\": [\n    1,\n    2.5,\n    true\n  ]\n}\n");
    }

    @Test
    void writesEmptyOnesOnOneLine() {
        assertThat(Json.of(List.of(Map.of(), List.of()))).isEqualTo("[\n  {},\n  []\n]\n");
    }

    @Test
    void escapesQuotesBackslashesAndControls() {
        assertThat(Json.of("a\"b\\c\nd\u001f")).isEqualTo("\"a\\\"b\\\\c\\u000ad\\u001f\"\n");
    }
}
