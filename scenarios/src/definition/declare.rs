//! Declares records and choices together with how they are read and their schema.

/// A struct with named fields. A field is required if its type has nothing to stand for it when it
/// is not given: `Option`, `Vec` and `Map` have. Every record also keeps its `place`.
macro_rules! record {
    (
        $(#[doc = $doc:literal])+
        $name:ident, $title:literal {
            $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty,)+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $($(#[doc = $field_doc])+ pub $field: $type,)+
            /// Where it stands.
            pub place: $crate::source::Place,
        }

        impl $crate::read::Decode for $name {
            fn decode(
                node: &$crate::syntax::Node<'_>,
                reader: &mut $crate::read::Reader<'_>,
            ) -> Option<Self> {
                const FIELDS: &[&str] = &[$(stringify!($field)),+];
                let mut fields = reader.fields(node, stringify!($name), $title, FIELDS)?;
                $(let $field = fields.take::<$type>(reader, stringify!($field));)+
                let complete = true $(&& $field.is_some())+;
                fields.finish(reader, complete);
                Some(Self { $($field: $field?,)+ place: node.place })
            }
            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut record = $crate::schema::Record::new(concat!($($doc, "\n"),+));
                $(
                    let required = <$type as $crate::read::Decode>::absent().is_none();
                    let schema = <$type as $crate::read::Decode>::schema(generator);
                    let doc = concat!($($field_doc, "\n"),+);
                    record.field(stringify!($field), doc, required, schema);
                )+
                record.finish()
            }
        }
    };
}

/// An enum of words with or without things in brackets.
macro_rules! choice {
    (
        $(#[doc = $doc:literal])+
        $name:ident, $what:literal {
            $($(#[doc = $word_doc:literal])+ $word:ident $(($($type:ty),+))?,)+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name {
            $($(#[doc = $word_doc])+ $word $(($($type),+))?,)+
        }

        impl $crate::read::Decode for $name {
            fn decode(
                node: &$crate::syntax::Node<'_>,
                reader: &mut $crate::read::Reader<'_>,
            ) -> Option<Self> {
                const WORDS: &[&str] = &[$(stringify!($word)),+];
                let mut variant = reader.variant(node, $what, WORDS)?;
                match variant.name {
                    $(stringify!($word) => {
                        let most = 0 $($(+ [stringify!($type)].len())+)?;
                        let least = 0 $($(+ usize::from(!<$type as $crate::read::Decode>::MAY_BE_LEFT_OUT))+)?;
                        variant.expect(reader, least, most)?;
                        Some(Self::$word $(($(variant.next_of::<$type>(reader, most)?),+))?)
                    })+
                    other => reader.unknown_word(other, variant.place, $what, WORDS),
                }
            }
            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut choice = $crate::schema::Choice::new(concat!($($doc, "\n"),+));
                $(
                    let arguments: Vec<(schemars::Schema, bool)> = vec![$($((
                        <$type as $crate::read::Decode>::schema(generator),
                        !<$type as $crate::read::Decode>::MAY_BE_LEFT_OUT,
                    )),+)?];
                    let doc = concat!($($word_doc, "\n"),+);
                    choice.word(stringify!($word), doc, arguments);
                )+
                choice.finish()
            }
        }
    };
}
