package io.rasplens.compiler.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rasplens.compiler.model.StreamPoint;
import org.junit.jupiter.api.Test;

class StageTest {
    @Test
    void whatIsEmbeddedIsReadByTheFirstBlock() {
        assertThat(Stage.EMBEDDING.isEmbedding()).isTrue();
        assertThat(Stage.EMBEDDING.attention()).isZero();
        assertThat(Stage.EMBEDDING.mlp()).isZero();
        assertThat(Stage.EMBEDDING.point()).isEqualTo(StreamPoint.EMBEDDING);
    }

    @Test
    void whatAttentionWritesIsReadByTheMlpOfItsBlockAndTheAttentionOfTheNext() {
        Stage stage = Stage.afterAttention(3);

        assertThat(stage.isEmbedding()).isFalse();
        assertThat(stage.mlp()).isEqualTo(3);
        assertThat(stage.attention()).isEqualTo(4);
        assertThat(stage.point()).isEqualTo(new StreamPoint(3, true));
    }

    @Test
    void whatAnMlpWritesIsReadByTheNextBlock() {
        Stage stage = Stage.afterMlp(3);

        assertThat(stage.mlp()).isEqualTo(4);
        assertThat(stage.attention()).isEqualTo(4);
        assertThat(stage.point()).isEqualTo(new StreamPoint(3, false));
    }

    @Test
    void twoCanBeReadTogetherFromTheLaterOn() {
        assertThat(Stage.afterAttention(1).and(Stage.afterMlp(0))).isEqualTo(Stage.afterAttention(1));
        assertThat(Stage.EMBEDDING.and(Stage.afterAttention(0))).isEqualTo(Stage.afterAttention(0));
        assertThat(Stage.afterMlp(2).and(Stage.afterAttention(2))).isEqualTo(Stage.afterMlp(2));
    }

    @Test
    void nothingLiesBeforeTheEmbedding() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Stage(-1)).withMessageContaining("-1");
    }
}
